//! A server on this machine that answers what it is told to.

use std::sync::{Arc, Mutex};

use channels::fetch::Fetcher;
use jiff::Timestamp;
use jiff::civil::date;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use travel::{Place, When};

pub(super) struct Served {
    pub(super) address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Served {
    /// Answers each request by `answer`, which sees the request.
    pub(super) async fn new(answer: impl Fn(&str) -> (u16, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (heard, answer) = (asked.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (heard, answer) = (heard.clone(), answer.clone());
                tokio::spawn(async move {
                    let mut bytes = Vec::new();
                    while !is_whole(&bytes) {
                        let mut piece = [0; 4_096];
                        let Ok(count @ 1..) = stream.read(&mut piece).await else { return };
                        bytes.extend_from_slice(&piece[..count]);
                    }
                    let request = String::from_utf8(bytes).unwrap();
                    let (status, body) = answer(&request);
                    heard.lock().unwrap().push(request);
                    let length = body.len();
                    let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
                    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
                });
            }
        });
        Self { address, asked }
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// Goes to this machine too.
pub(super) fn fetcher() -> Fetcher {
    Fetcher::new(vec!["127.0.0.1".parse().unwrap(), "localhost".parse().unwrap()])
}

/// Addresses in Liechtenstein.
pub(super) fn places(count: usize) -> Vec<Place> {
    let near = |at: usize| Place::new(47.14 + 0.0007 * at as f64, 9.52 + 0.0001 * at as f64).unwrap();
    (0..count).map(near).collect()
}

pub(super) fn when(seconds: i64) -> When {
    When { now: Timestamp::from_second(1_800_000_000 + seconds).unwrap(), leaving: date(2027, 3, 1).at(10, 30, 0, 0) }
}
