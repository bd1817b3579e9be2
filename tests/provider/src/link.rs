use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A line to a server that can be cut and mended. While it is cut nothing passes and nothing is closed, as when a cable is
/// pulled; what stood in the middle of it stays there.
pub struct Link {
    /// Where to connect instead of to the server.
    pub address: SocketAddr,
    is_cut: watch::Sender<bool>,
    carrying: JoinHandle<()>,
}

impl Link {
    /// To a server.
    pub async fn to(server: SocketAddr) -> io::Result<Self> {
        Self::on(Server::At(server)).await
    }

    /// To a server that listens on a socket in a folder.
    pub async fn to_socket(socket: impl Into<PathBuf>) -> io::Result<Self> {
        Self::on(Server::Socket(socket.into())).await
    }

    async fn on(server: Server) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (is_cut, cut) = watch::channel(false);
        Ok(Self { address, is_cut, carrying: tokio::spawn(carry(listener, server, cut)) })
    }

    /// Nothing passes from now on.
    pub fn cut(&self) {
        self.is_cut.send_replace(true);
    }

    /// Lines that stood are gone; new ones pass again.
    pub fn mend(&self) {
        self.is_cut.send_replace(false);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

#[derive(Clone)]
enum Server {
    At(SocketAddr),
    Socket(PathBuf),
}

async fn carry(listener: TcpListener, server: Server, cut: watch::Receiver<bool>) {
    let mut lines = JoinSet::new();
    loop {
        tokio::select! {
            Ok((line, _)) = listener.accept() => {
                lines.spawn(pass(line, server.clone(), cut.clone()));
            }
            Some(_) = lines.join_next() => {}
        }
    }
}

/// One line, until either end closes it, or it was cut and is mended.
async fn pass(line: TcpStream, server: Server, mut cut: watch::Receiver<bool>) {
    if cut.wait_for(|is_cut| !is_cut).await.is_err() {
        return;
    }
    let passed = async {
        match server {
            Server::At(address) => both(line, TcpStream::connect(address).await).await,
            Server::Socket(path) => both(line, UnixStream::connect(path).await).await,
        }
    };
    tokio::pin!(passed);
    let is_cut = async {
        // Whoever holds the link ends it by going away.
        let _ = cut.wait_for(|is_cut| *is_cut).await;
    };
    tokio::select! {
        () = &mut passed => return,
        () = is_cut => {}
    }
    let _ = cut.wait_for(|is_cut| !is_cut).await;
}

async fn both(mut line: TcpStream, server: io::Result<impl AsyncRead + AsyncWrite + Unpin>) {
    if let Ok(mut server) = server {
        // Either end closed it, one way or another.
        let _ = copy_bidirectional(&mut line, &mut server).await;
    }
}
