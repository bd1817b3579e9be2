use words::{Channel, Class};

use super::{Checking, reference};
use crate::folder::Folder;
use crate::language::lists::OWN_MESSAGES;
use crate::model::Touchpoint;
use crate::near::nearest;
use crate::problem::{Named, Sending};

impl Checking<'_> {
    /// What a touchpoint does can be done.
    pub(super) fn sending(&mut self) {
        let definition = self.definition;
        for touchpoint in &definition.touchpoints {
            let field = format!("touchpoints.{}", touchpoint.id);
            self.message(touchpoint, &field);
            self.effects(touchpoint, &field);
            for (index, ask) in touchpoint.ask.iter().enumerate() {
                for (place, about) in ask.about.iter().enumerate() {
                    let field = format!("{field}.ask[{index}].about[{place}]");
                    self.touchpoint(about, &field);
                    if self.unseen(about) {
                        self.warn(Sending::AskUnseen(about.to_string()), field);
                    }
                }
            }
        }
        self.unused();
    }

    fn message(&mut self, touchpoint: &Touchpoint, field: &str) {
        let known = self.around.folder.messages();
        let send = touchpoint.send.iter().map(|name| (name, "send".to_owned()));
        let variants = touchpoint.variants.iter().enumerate();
        let variants = variants.map(|(index, name)| (name, format!("variants[{index}]")));
        let names: Vec<_> = send.chain(variants).collect();
        for (name, key) in names {
            // A message that is yet to be written is no mistake, only one that is written otherwise; the gate asks for the rest.
            let slip = !known.contains(&name.as_str()) && nearest(name, known.iter().copied()).is_some();
            if slip {
                let problem = reference(Named::Message, name, known.iter().copied());
                self.warn(problem, format!("{field}.{key}"));
            }
        }
    }

    fn effects(&mut self, touchpoint: &Touchpoint, field: &str) {
        let at = |key: &str| format!("{field}.{key}");
        let Touchpoint { send, when, task, .. } = touchpoint;
        if let Some(system) = &touchpoint.sent_by
            && (send.is_some() || when.is_some())
        {
            self.warn(Sending::SentBy(system.clone()), at("sent_by"));
        }
        if touchpoint.sends() && when.is_none() {
            self.warn(Sending::Never, at("send"));
        }
        if when.is_some() && send.is_none() && task.is_none() && touchpoint.sent_by.is_none() {
            self.warn(Sending::Nothing, at("when"));
        }
        if touchpoint.only_if.is_some() && when.is_none() {
            self.warn(Sending::OnlyIf, at("only_if"));
        }
        let channels = &touchpoint.channels;
        if touchpoint.sends() && !channels.is_empty() && !channels.iter().any(Channel::sends) {
            let names = channels.iter().map(Channel::to_string).collect();
            self.error(Sending::NoChannel(names), at("channel"));
        }
        if send.is_none() {
            if !touchpoint.ask.is_empty() {
                self.error(Sending::AskNeedsSend, at("ask"));
            }
            if !touchpoint.variants.is_empty() {
                self.error(Sending::VariantsNeedSend, at("variants"));
            }
            if touchpoint.holdout > 0.0 {
                self.warn(Sending::HoldoutOfNothing, at("holdout"));
            }
        }
        if touchpoint.urgent && touchpoint.class == Some(Class::Marketing) {
            self.warn(Sending::UrgentMarketing, at("urgent"));
        }
    }

    fn unused(&mut self) {
        let touchpoints = &self.definition.touchpoints;
        for message in self.around.folder.messages() {
            let used = touchpoints.iter().any(|touchpoint| {
                let names = touchpoint.send.iter().chain(&touchpoint.variants);
                names.into_iter().any(|name| name == message)
            });
            if !used && !OWN_MESSAGES.contains(&message) {
                let file = Folder::message_file(message, self.definition.language);
                self.warn(Sending::Unused(file), String::new());
            }
        }
    }
}
