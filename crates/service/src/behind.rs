//! Work that goes on behind everything else.

use std::future::Future;
use std::io;
use std::thread::Builder;

use tokio::runtime::Handle;

/// By so much the work stands behind that of everybody else (0..=19).
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does work on a thread of its own that stands behind all others, so that pages and messages stay as fast as they were. The
/// thread ends with the work.
pub fn begin<F: Future<Output = ()>>(name: &str, work: impl FnOnce() -> F + Send + 'static) -> io::Result<()> {
    let runtime = Handle::current();
    let thread = Builder::new().name(name.to_owned());
    thread.spawn(move || {
        // Elsewhere it would slow down the whole process.
        #[cfg(target_os = "linux")]
        if let Err(error) = rustix::process::nice(NICE) {
            tracing::debug!(%error, "work behind the pages goes on at the usual priority");
        }
        runtime.block_on(work());
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn only_the_thread_of_the_work_stands_behind() {
        let (tell, told) = tokio::sync::oneshot::channel();
        begin("test", || async move {
            let _ = tell.send(std::thread::current().name().map(str::to_owned));
        })
        .unwrap();
        assert_eq!(told.await.unwrap().as_deref(), Some("test"));
        #[cfg(target_os = "linux")]
        assert_eq!(rustix::process::nice(0).unwrap(), 0);
    }
}
