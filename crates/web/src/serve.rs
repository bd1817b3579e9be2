use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::{App, router};

/// Serves everything on a listener until `stop` is done; requests under way are finished first.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
