use store::{Heard, Result, Store};
use words::Channel;

use crate::samples::{at, other, rijnoever};

fn heard(channel: &str, address: &str, seconds: i64) -> Heard {
    Heard { organisation: rijnoever(), channel: Channel::new(channel), address: address.to_owned(), time: at(seconds) }
}

pub(crate) async fn the_last_that_was_heard_of_an_address_is_known_for_a_while(store: &impl Store) -> Result<()> {
    let (anne, bas) = ("+31612345678", "+31687654321");
    let asked = [anne, bas].map(|address| (Channel::new("whatsapp"), address.to_owned()));
    store.note_heard(heard("whatsapp", anne, 50), at(0)).await?;
    store.note_heard(heard("whatsapp", anne, 40), at(0)).await?;
    store.note_heard(heard("sms", bas, 60), at(0)).await?;
    assert_eq!(
        store.last_heard(&rijnoever(), &asked).await?,
        [heard("whatsapp", anne, 50)],
        "the newest, of its channel"
    );
    assert_eq!(store.last_heard(&other(), &asked).await?, []);
    assert_eq!(store.last_heard(&rijnoever(), &[]).await?, []);
    store.note_heard(heard("whatsapp", bas, 90), at(60)).await?;
    assert_eq!(store.last_heard(&rijnoever(), &asked).await?, [heard("whatsapp", bas, 90)], "the other is over");
    let sms = [(Channel::new("sms"), bas.to_owned())];
    assert_eq!(store.last_heard(&rijnoever(), &sms).await?.len(), 1, "another channel has its own");
    Ok(())
}
