//! A message sent to oneself, by a channel that has a tested sender, as the chosen customer would get it.

use serde_json::json;
use service::sending::sender_of;
use store::Sender;
use voice::{Context, Message};
use words::Channel;

use crate::{
    courier::{self, Letter},
    language::Text,
    problem::Problem,
    session::Staff,
};

/// A way to reach oneself.
pub(super) struct Way {
    sender: Sender,
    pub(super) to: String,
}

/// By each channel that has a tested sender and an address of this member of staff: the mail of the account, or what stands
/// among the addresses of colleagues under the same name. Paper is looked at as a PDF.
pub(super) async fn ways(staff: &Staff) -> Result<Vec<(Channel, Way)>, Problem> {
    let senders = staff.app.store.senders(&staff.house.id).await?;
    let addresses = staff.app.store.staff_addresses(&staff.house.id).await?;
    let mut ways = Vec::new();
    for name in Channel::SENDING {
        let channel = Channel::new(*name);
        let tested = sender_of(&senders, &channel).filter(|sender| sender.tested.is_some());
        let Some(sender) = tested.filter(|_| !channel.is_paper()) else { continue };
        let own = (channel == Channel::email()).then(|| staff.account.email.clone());
        let listed = addresses.iter().find(|one| one.channel == channel && one.name == staff.account.name);
        if let Some(to) = own.or_else(|| listed.map(|one| one.address.clone())) {
            ways.push((channel, Way { sender: sender.clone(), to }));
        }
    }
    Ok(ways)
}

/// Makes and sends it; where it went.
pub(super) async fn send(
    staff: &Staff,
    channel: &Channel,
    message: &Message,
    context: &Context,
) -> Result<String, Problem> {
    let ways = ways(staff).await?;
    let way = ways.into_iter().find(|(known, _)| known == channel).map(|(_, way)| way).ok_or(Problem::NotFound)?;
    let name = format!("trial {}", staff.account.id);
    staff.app.limits.trial.take(&name, staff.speech.now).map_err(|seconds| Problem::TooMany { seconds })?;
    let failed = |reason: String| Problem::Invalid(Text::new("sender-test-failed").with("reason", reason));
    let made =
        voice::render(message, channel, context).map_err(|error| failed(error.message(staff.speech.language)))?;
    let mark = staff.say(&Text::new("write-trial-mark"));
    let letter = Letter {
        to: way.to.clone(),
        subject: made.subject.map(|subject| format!("{mark} {subject}")).unwrap_or_default(),
        body: made.text,
        html: made.html,
    };
    courier::carry(&staff.app, &way.sender, letter, staff.speech.language).await.map_err(failed)?;
    staff.record("trial.sent", channel.as_str(), json!({})).await?;
    Ok(way.to)
}
