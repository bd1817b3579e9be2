use std::future::pending;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::{Fault, Server};

/// Between two bytes of a slow answer.
const DRIP: Duration = Duration::from_secs(1);

/// As much of SMTP (RFC 5321) as a client needs that sends.
pub(crate) async fn hold(line: TcpStream, fault: Fault, server: &Server) -> io::Result<()> {
    line.set_nodelay(true)?;
    let mut line = BufReader::new(line);
    match fault {
        Fault::HalfOpen => return pending().await,
        Fault::Unavailable => return line.write_all(b"421 4.3.2 out of service\r\n").await,
        _ => line.write_all(b"220 provider.example ESMTP\r\n").await?,
    }
    let (mut command, mut to) = (String::new(), String::new());
    loop {
        command.clear();
        if line.read_line(&mut command).await? == 0 {
            return Ok(());
        }
        let verb = command.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => line.write_all(b"250-provider.example\r\n250 8BITMIME\r\n").await?,
            "RCPT" => {
                to = command.trim_end().trim_start_matches(|c| c != '<').trim_matches(['<', '>']).to_owned();
                line.write_all(b"250 2.1.5 fine\r\n").await?;
            }
            "DATA" => {
                line.write_all(b"354 go on\r\n").await?;
                let id = message(&mut line).await?;
                if !answer(&mut line, server.take(id, to.clone()), server.latency).await? {
                    return Ok(());
                }
            }
            "QUIT" => return line.write_all(b"221 2.0.0 bye\r\n").await,
            _ => line.write_all(b"250 2.0.0 fine\r\n").await?,
        }
    }
}

/// Reads a message to its end; its Message-ID.
async fn message(line: &mut BufReader<TcpStream>) -> io::Result<String> {
    let (mut text, mut id) = (Vec::new(), String::new());
    loop {
        text.clear();
        if line.read_until(b'\n', &mut text).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if text == b".\r\n" {
            return Ok(id);
        }
        if id.is_empty() && text.len() > 11 && text[..11].eq_ignore_ascii_case(b"Message-ID:") {
            id = String::from_utf8_lossy(&text[11..]).trim().to_owned();
        }
    }
}

/// The answer to a whole message; whether the conversation goes on.
async fn answer(line: &mut BufReader<TcpStream>, fault: Fault, latency: Duration) -> io::Result<bool> {
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    match fault {
        Fault::None => line.write_all(b"250 2.0.0 taken\r\n").await?,
        Fault::Unavailable => {
            line.write_all(b"421 4.3.2 out of service\r\n").await?;
            return Ok(false);
        }
        Fault::TakenAndGone => return Ok(false),
        Fault::TakenAndSilent | Fault::HalfOpen => return pending().await,
        Fault::TakenAndSlow => {
            for byte in b"250 2.0.0 taken\r\n" {
                tokio::time::sleep(DRIP).await;
                line.write_all(&[*byte]).await?;
            }
        }
    }
    Ok(true)
}
