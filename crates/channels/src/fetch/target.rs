use std::str::FromStr;

use url::{Host, Url};

use super::FetchError;

/// Letters of an address.
const LETTERS_MAX: usize = 2_000;

/// A host that may be fetched from although it has a private address or does not speak https; the one who runs klantreis
/// says so, never a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trusted {
    host: String,
    port: Option<u16>,
}

impl FromStr for Trusted {
    type Err = String;

    /// `host` or `host:port`; an address of version 6 in brackets.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text} is no host, such as planning.intern or 10.0.0.5:8443");
        let url = Url::parse(&format!("http://{text}/")).map_err(|_| wrong())?;
        let host = url.host_str().filter(|_| url.path() == "/" && url.username().is_empty()).ok_or_else(wrong)?;
        // The parser leaves out the usual port, which may have been meant.
        let port = if text.ends_with(":80") { Some(80) } else { url.port() };
        Ok(Self { host: host.to_owned(), port })
    }
}

impl Trusted {
    fn fits(&self, url: &Url) -> bool {
        url.host_str() == Some(self.host.as_str())
            && self.port.is_none_or(|port| url.port_or_known_default() == Some(port))
    }
}

/// An address that may be asked: https, or a trusted host; no user in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) is_trusted: bool,
}

impl Target {
    pub(super) fn read(text: &str, trusted: &[Trusted]) -> Result<Self, FetchError> {
        let url = Url::parse(text.trim()).map_err(|_| FetchError::BadAddress)?;
        Self::of(url, trusted)
    }

    fn of(mut url: Url, trusted: &[Trusted]) -> Result<Self, FetchError> {
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || url.as_str().len() > LETTERS_MAX || url.host().is_none() {
            return Err(FetchError::BadAddress);
        }
        url.set_fragment(None);
        let is_trusted = trusted.iter().any(|one| one.fits(&url));
        match url.scheme() {
            "https" => Ok(Self { url, is_trusted }),
            "http" if is_trusted => Ok(Self { url, is_trusted }),
            "http" => Err(FetchError::NotHttps),
            _ => Err(FetchError::BadAddress),
        }
    }

    /// Where an answer leads to.
    pub(super) fn led_to(&self, location: &str, trusted: &[Trusted]) -> Result<Self, FetchError> {
        Self::of(self.url.join(location).map_err(|_| FetchError::BadAddress)?, trusted)
    }

    pub(super) fn is_of_same_origin(&self, other: &Self) -> bool {
        self.url.origin() == other.url.origin()
    }

    /// The host as the resolver takes it, and the port.
    pub(super) fn host(&self) -> Option<(Host<String>, u16)> {
        Some((self.url.host()?.to_owned(), self.url.port_or_known_default()?))
    }
}

/// The address with one parameter set; a parameter of the same name is replaced. `None`: it is no address.
pub fn with_parameter(address: &str, name: &str, value: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok()?;
    let others: Vec<(String, String)> =
        url.query_pairs().filter(|(known, _)| known != name).map(|(a, b)| (a.into_owned(), b.into_owned())).collect();
    url.query_pairs_mut().clear().extend_pairs(others).append_pair(name, value);
    Some(url.into())
}

/// The address that a link in an answer leads to; `None` when it leads to another host, to which what lets us in must not be
/// sent.
pub fn linked(address: &str, link: &str) -> Option<String> {
    let from = Url::parse(address.trim()).ok()?;
    let to = from.join(link).ok()?;
    (from.origin() == to.origin() && to.as_str().len() <= LETTERS_MAX).then(|| to.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted(texts: &[&str]) -> Vec<Trusted> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn only_https_is_asked_unless_the_host_is_trusted() {
        let read = |text: &str, hosts: &[&str]| Target::read(text, &trusted(hosts)).map(|target| target.is_trusted);
        assert_eq!(read("https://api.example.nl/a?b=c", &[]), Ok(false));
        assert_eq!(read("http://api.example.nl/", &[]), Err(FetchError::NotHttps));
        assert_eq!(read("http://planning.intern/x", &["planning.intern"]), Ok(true));
        assert_eq!(read("http://127.0.0.1:9000/x", &["127.0.0.1:9001"]), Err(FetchError::NotHttps));
        assert_eq!(read("http://127.0.0.1:9001/x", &["127.0.0.1:9001"]), Ok(true));
        assert_eq!(read("https://planning.intern:443/", &["planning.intern:80"]), Ok(false));
        let long = format!("https://a.nl/{}", "x".repeat(2_000));
        for wrong in ["", "niets", "ftp://a.nl/", "file:///etc/passwd", "https://u:p@a.nl/", "https://", &long] {
            assert_eq!(read(wrong, &[]), Err(FetchError::BadAddress), "{wrong}");
        }
        for wrong in ["", "a b", "a.nl/x", "u@a.nl", "a.nl:port"] {
            assert!(Trusted::from_str(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_written_oddly_is_read_as_a_browser_reads_it() {
        for odd in ["https://0x7f.1/", "https://2130706433/", "https://127.1/", "https://①②⑦.0.0.1/"] {
            assert_eq!(Target::read(odd, &[]).unwrap().url.host_str(), Some("127.0.0.1"), "{odd}");
        }
    }

    #[test]
    fn a_parameter_is_set_once() {
        let with = |address| with_parameter(address, "since", "2027-01-01T00:00:00+01:00").unwrap();
        assert_eq!(with("https://a.nl/x?b=1&since=oud"), "https://a.nl/x?b=1&since=2027-01-01T00%3A00%3A00%2B01%3A00");
        assert_eq!(with("https://a.nl/x"), "https://a.nl/x?since=2027-01-01T00%3A00%3A00%2B01%3A00");
    }

    #[test]
    fn a_link_stays_with_its_host() {
        assert_eq!(linked("https://a.nl/x?p=1", "?p=2").as_deref(), Some("https://a.nl/x?p=2"));
        assert_eq!(linked("https://a.nl/x", "/y").as_deref(), Some("https://a.nl/y"));
        for elsewhere in ["https://b.nl/", "http://a.nl/", "//b.nl/x", "https://a.nl:444/", "file:///etc/passwd"] {
            assert_eq!(linked("https://a.nl/x", elsewhere), None, "{elsewhere}");
        }
    }
}
