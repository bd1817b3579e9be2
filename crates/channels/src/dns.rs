//! Asking the resolver of this machine what stands in the DNS.

use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};

/// How long a server may take.
const ANSWERED_WITHIN: Duration = Duration::from_secs(2);
/// Servers that are asked one after another.
const SERVERS_MAX: usize = 3;
/// Bytes of an answer that are read.
const ANSWER_MAX: usize = 16 * 1024;
/// Where the system says whom to ask.
const RESOLV_CONF: &str = "/etc/resolv.conf";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Servers that take the mail of a domain: `10 mail.example.org`.
    Mx,
    /// Texts, each whole.
    Txt,
}

/// What a name has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// These records; none: the name is there, or names below it.
    Records(Vec<String>),
    /// Neither it nor anything below it is there.
    NoName,
}

/// Why nothing was told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    /// The system names no server.
    #[error("this machine has no DNS server (/etc/resolv.conf)")]
    NoServer,
    /// It is no name.
    #[error("{0:?} is no name")]
    BadName(String),
    /// None of them answered, or none usefully.
    #[error("the DNS server does not answer: {0}")]
    Silent(String),
}

/// Looks names up.
#[async_trait]
pub trait Lookup: Debug + Send + Sync {
    /// The records of a name.
    async fn ask(&self, name: &str, kind: Kind) -> Result<Told, DnsError>;
}

/// The servers that the system names.
#[derive(Clone, Debug)]
pub struct Resolver {
    servers: Vec<SocketAddr>,
}

impl Resolver {
    /// As the system says.
    pub fn of_system() -> Self {
        Self::of_file(Path::new(RESOLV_CONF))
    }

    fn of_file(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        Self::of(servers(&text).into_iter().map(|address| (address, 53).into()).collect())
    }

    /// These.
    pub fn of(servers: Vec<SocketAddr>) -> Self {
        Self { servers }
    }
}

fn servers(text: &str) -> Vec<IpAddr> {
    let named = text.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
    // An address may name the network card that leads to it.
    named.filter_map(|rest| rest.trim().split('%').next()?.parse().ok()).take(SERVERS_MAX).collect()
}

#[async_trait]
impl Lookup for Resolver {
    async fn ask(&self, name: &str, kind: Kind) -> Result<Told, DnsError> {
        let asked = Name::new(name).map_err(|_| DnsError::BadName(name.to_owned()))?;
        let mut last = DnsError::NoServer;
        for server in &self.servers {
            let answered = tokio::time::timeout(ANSWERED_WITHIN, ask(*server, &asked, kind));
            match answered.await {
                Ok(Ok(told)) => return Ok(told),
                Ok(Err(why)) => last = DnsError::Silent(why),
                Err(_) => last = DnsError::Silent(format!("{server}")),
            }
        }
        Err(last)
    }
}

async fn ask(server: SocketAddr, name: &Name<'_>, kind: Kind) -> Result<Told, String> {
    let said = |error: std::io::Error| error.to_string();
    let own: SocketAddr = if server.is_ipv4() { ([0, 0, 0, 0], 0).into() } else { ([0_u16; 8], 0).into() };
    let socket = UdpSocket::bind(own).await.map_err(said)?;
    socket.connect(server).await.map_err(said)?;
    // A port that the system chose: only who was asked can answer on it.
    let id = socket.local_addr().map_err(said)?.port();
    let question = question(id, name, kind)?;
    socket.send(&question).await.map_err(said)?;
    let mut bytes = vec![0; ANSWER_MAX];
    let length = socket.recv(&mut bytes).await.map_err(said)?;
    bytes.truncate(length);
    if is_cut(&bytes) {
        bytes = over_tcp(server, &question).await.map_err(said)?;
    }
    read(&bytes, id, kind)
}

fn question(id: u16, name: &Name<'_>, kind: Kind) -> Result<Vec<u8>, String> {
    let kind = match kind {
        Kind::Mx => TYPE::MX,
        Kind::Txt => TYPE::TXT,
    };
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    packet.questions.push(Question::new(name.clone(), QTYPE::TYPE(kind), QCLASS::CLASS(CLASS::IN), false));
    packet.build_bytes_vec().map_err(|error| error.to_string())
}

fn is_cut(bytes: &[u8]) -> bool {
    Packet::parse(bytes).is_ok_and(|packet| packet.has_flags(PacketFlag::TRUNCATION))
}

/// What does not fit a datagram comes over a line, behind its length.
async fn over_tcp(server: SocketAddr, question: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut line = TcpStream::connect(server).await?;
    line.write_all(&[&u16::try_from(question.len()).unwrap_or(u16::MAX).to_be_bytes(), question].concat()).await?;
    let length = line.read_u16().await?;
    let mut bytes = vec![0; usize::from(length).min(ANSWER_MAX)];
    line.read_exact(&mut bytes).await?;
    Ok(bytes)
}

fn read(bytes: &[u8], id: u16, kind: Kind) -> Result<Told, String> {
    let packet = Packet::parse(bytes).map_err(|error| error.to_string())?;
    if packet.id() != id {
        return Err("an answer to another question".to_owned());
    }
    match packet.rcode() {
        RCODE::NoError => {}
        RCODE::NameError => return Ok(Told::NoName),
        other => return Err(format!("{other:?}")),
    }
    // Names that lead to another stand before what is found there.
    let record = |data: &RData<'_>| match (data, kind) {
        (RData::MX(mx), Kind::Mx) => Some(format!("{} {}", mx.preference, mx.exchange)),
        (RData::TXT(text), Kind::Txt) => String::try_from(text.clone()).ok(),
        _ => None,
    };
    Ok(Told::Records(packet.answers.iter().filter_map(|answer| record(&answer.rdata)).collect()))
}

#[cfg(test)]
mod tests {
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::{MX, TXT};
    use tokio::net::TcpListener;

    use super::*;

    fn answer(question: &[u8], is_cut: bool) -> Vec<u8> {
        let asked = Packet::parse(question).unwrap();
        let name = asked.questions[0].qname.clone();
        let mut reply = Packet::new_reply(asked.id());
        match (name.to_string().as_str(), asked.questions[0].qtype) {
            ("nergens.example", _) => *reply.rcode_mut() = RCODE::NameError,
            ("stuk.example", _) => *reply.rcode_mut() = RCODE::ServerFailure,
            (_, QTYPE::TYPE(TYPE::MX)) => {
                let mx = MX { preference: 10, exchange: Name::new_unchecked("mail.rijnoever.example") };
                reply.answers.push(ResourceRecord::new(name, CLASS::IN, 60, RData::MX(mx)));
            }
            _ if is_cut => reply.set_flags(PacketFlag::TRUNCATION),
            _ => {
                // Two pieces of one text, and a record of its own.
                let long = TXT::new().with_string("v=spf1 include:").unwrap().with_string("mail.example -all").unwrap();
                let other = TXT::new().with_string("site-check=1").unwrap();
                for text in [long, other] {
                    reply.answers.push(ResourceRecord::new(name.clone(), CLASS::IN, 60, RData::TXT(text)));
                }
            }
        }
        reply.build_bytes_vec().unwrap()
    }

    /// Answers by datagram, cut off where texts are asked for, and by line.
    async fn server() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let socket = UdpSocket::bind(address).await.unwrap();
        tokio::spawn(async move {
            let mut bytes = [0; 512];
            loop {
                let (length, from) = socket.recv_from(&mut bytes).await.unwrap();
                socket.send_to(&answer(&bytes[..length], true), from).await.unwrap();
            }
        });
        tokio::spawn(async move {
            loop {
                let (mut line, _) = listener.accept().await.unwrap();
                let length = line.read_u16().await.unwrap();
                let mut question = vec![0; length.into()];
                line.read_exact(&mut question).await.unwrap();
                let answer = answer(&question, false);
                line.write_u16(u16::try_from(answer.len()).unwrap()).await.unwrap();
                line.write_all(&answer).await.unwrap();
            }
        });
        address
    }

    #[tokio::test]
    async fn records_are_looked_up() {
        let resolver = Resolver::of(vec![server().await]);
        let told = |records: &[&str]| Ok(Told::Records(records.iter().map(ToString::to_string).collect()));
        assert_eq!(resolver.ask("rijnoever.example", Kind::Mx).await, told(&["10 mail.rijnoever.example"]));
        let texts = resolver.ask("rijnoever.example", Kind::Txt).await;
        assert_eq!(texts, told(&["v=spf1 include:mail.example -all", "site-check=1"]), "also what fits no datagram");
        assert_eq!(resolver.ask("nergens.example", Kind::Txt).await, Ok(Told::NoName));
        assert!(matches!(resolver.ask("stuk.example", Kind::Mx).await, Err(DnsError::Silent(_))));
        assert!(matches!(resolver.ask(&"a".repeat(64), Kind::Mx).await, Err(DnsError::BadName(_))));
        assert_eq!(Resolver::of(Vec::new()).ask("x.example", Kind::Mx).await, Err(DnsError::NoServer));
    }

    #[test]
    fn the_system_says_whom_to_ask() {
        let text = "# comment\nsearch example.org\nnameserver 10.0.0.2\nnameserver fe80::1%eth0\nnameserver no\n";
        let expected: [IpAddr; 2] = ["10.0.0.2".parse().unwrap(), "fe80::1".parse().unwrap()];
        assert_eq!(servers(text), expected);
        assert_eq!(servers(&"nameserver 10.0.0.2\n".repeat(9)).len(), SERVERS_MAX);
    }
}
