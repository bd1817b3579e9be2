//! A provider that is called over HTTP, writes down every request and answers as it is told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Bytes of a request that are read.
const REQUEST_BYTES_MAX: usize = 1024 * 1024;

/// A request as it came over the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// `POST /path`.
    pub line: String,
    /// Its headers, as they were written.
    pub head: String,
    /// What was posted.
    pub body: String,
}

/// What the provider does with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Says this: its status, further headers with their line ends, and its body.
    Say(u16, &'static str, String),
    /// Takes it, and never answers.
    Silent,
    /// Takes it, and hangs up.
    HangUp,
    /// Hangs up before it was read.
    Refuse,
}

impl Answer {
    /// A status and a body.
    pub fn of(status: u16, body: impl Into<String>) -> Self {
        Self::Say(status, "", body.into())
    }
}

type Answering = dyn Fn(&Asked) -> Answer + Send + Sync;

/// The provider; it ends when this is dropped.
pub struct Called {
    /// Where it listens.
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    serving: JoinHandle<()>,
}

impl Called {
    /// Answers each request so.
    pub async fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (answer, log): (Arc<Answering>, _) = (Arc::new(answer), asked.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, answer.clone(), log.clone()));
            }
        });
        Ok(Self { address, asked, serving })
    }

    /// Its address, without a path.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Called {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn converse(mut stream: TcpStream, answer: Arc<Answering>, log: Arc<Mutex<Vec<Asked>>>) {
    let Some(asked) = read(&mut stream).await else { return };
    let answer = answer(&asked);
    if answer != Answer::Refuse {
        log.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    }
    match answer {
        Answer::Say(status, headers, body) => {
            let head = format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {}\r\n\r\n", body.len());
            // Who has enough of it hangs up.
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(body.as_bytes()).await;
        }
        Answer::Silent => std::future::pending().await,
        Answer::HangUp | Answer::Refuse => {}
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
            if body.len() >= length.unwrap_or(0) {
                let (line, head) = head.split_once("\r\n").unwrap_or((head, ""));
                let line = line.trim_end_matches(" HTTP/1.1").to_owned();
                return Some(Asked { line, head: head.to_owned(), body: body.to_owned() });
            }
        }
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0 && bytes.len() < REQUEST_BYTES_MAX)?;
        bytes.extend_from_slice(&piece[..read]);
    }
}
