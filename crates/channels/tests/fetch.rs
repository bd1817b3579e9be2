//! Fetching from a server that does what servers do, and what they should not.

use std::net::SocketAddr;

use channels::fetch::{Ask, FetchError, Fetcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Answers every connection with the text that the path is mapped to; tells the requests that it got.
async fn server(
    answer: impl Fn(&str, SocketAddr) -> String + Send + 'static,
) -> (SocketAddr, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (told, heard) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8_192];
            let read = stream.read(&mut request).await.unwrap();
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            let _ = told.send(request);
            let _ = stream.write_all(answer(&path, address).as_bytes()).await;
        }
    });
    (address, heard)
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn led_on(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
}

fn ask(address: String) -> Ask {
    Ask { address, header: Some(("authorization".into(), "Bearer geheim".into())), accept: "application/json" }
}

fn trusting(addresses: &[SocketAddr]) -> Fetcher {
    Fetcher::new(addresses.iter().map(|address| address.to_string().parse().unwrap()).collect())
}

#[tokio::test]
async fn a_trusted_host_is_asked_with_what_lets_us_in() {
    let (address, mut heard) = server(|_, _| ok("{}")).await;
    let fetcher = trusting(&[address]);
    assert_eq!(fetcher.read(&ask(format!("http://{address}/a?b=c#d")), 100).await, Ok(b"{}".to_vec()));
    let request = heard.recv().await.unwrap();
    assert!(request.starts_with("GET /a?b=c HTTP/1.1\r\n"), "{request}");
    for line in [&format!("host: {address}"), "authorization: Bearer geheim", "accept-encoding: identity"] {
        assert!(request.contains(line), "{request}");
    }
    assert_eq!(Fetcher::new(Vec::new()).read(&ask(format!("http://{address}/")), 100).await, Err(FetchError::NotHttps));
    let private = Fetcher::new(Vec::new()).read(&ask(format!("https://{address}/")), 100).await;
    assert!(matches!(private, Err(FetchError::Private(_))));
    assert!(heard.try_recv().is_err(), "nothing was sent");
}

#[tokio::test]
async fn where_an_answer_leads_is_looked_at_like_the_first_address() {
    let (inner, mut asked) = server(|_, _| ok("geheim")).await;
    let answers = move |path: &str, own: SocketAddr| match path {
        "/private" => led_on(&format!("http://{inner}/")),
        "/file" => led_on("file:///etc/passwd"),
        "/near" => led_on("/end"),
        "/round" => led_on("/round"),
        "/nowhere" => "HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "/other" => led_on(&format!("http://localhost:{}/end", own.port())),
        _ => ok("klaar"),
    };
    let (address, mut heard) = server(answers).await;
    let fetcher = Fetcher::new(vec![address.to_string().parse().unwrap(), "localhost".parse().unwrap()]);
    let read = async |path: &str| fetcher.read(&ask(format!("http://{address}{path}")), 100).await;
    assert_eq!(read("/private").await, Err(FetchError::NotHttps));
    assert_eq!(read("/file").await, Err(FetchError::BadAddress));
    assert!(asked.try_recv().is_err(), "the inner server was never asked");
    assert_eq!(read("/near").await, Ok(b"klaar".to_vec()));
    assert_eq!(read("/round").await, Err(FetchError::LedOn));
    assert_eq!(read("/nowhere").await, Err(FetchError::Status(302)));
    while heard.try_recv().is_ok() {}
    assert_eq!(read("/other").await, Ok(b"klaar".to_vec()));
    let (first, second) = (heard.recv().await.unwrap(), heard.recv().await.unwrap());
    assert!(first.contains("geheim") && !second.contains("geheim"), "another host does not get what lets us in");
}

#[tokio::test]
async fn an_answer_that_is_too_large_breaks_off_or_says_no_is_an_error() {
    let answers = |path: &str, _| match path {
        "/large" => ok(&"x".repeat(101)),
        "/fits" => ok(&"x".repeat(100)),
        "/short" => "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_owned(),
        "/head" => format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(100_000)),
        "/odd" => "nee".to_owned(),
        _ => "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n".to_owned(),
    };
    let (address, _heard) = server(answers).await;
    let fetcher = trusting(&[address]);
    let read = async |path: &str| fetcher.read(&ask(format!("http://{address}{path}")), 100).await;
    assert_eq!(read("/large").await, Err(FetchError::TooLarge(100)));
    assert_eq!(read("/fits").await.map(|body| body.len()), Ok(100));
    for broken in ["/short", "/head", "/odd"] {
        let answer = read(broken).await;
        assert!(matches!(answer, Err(FetchError::Broken(_))), "{broken}: {answer:?}");
    }
    assert_eq!(read("/no").await, Err(FetchError::Status(403)));
    let bad = Ask { header: Some(("x".into(), "a\nb".into())), ..ask(format!("http://{address}/fits")) };
    assert_eq!(fetcher.read(&bad, 100).await, Err(FetchError::BadHeader));
}
