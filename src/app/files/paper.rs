//! What a desk can hold: a document that is kept in files, whichever laboratory it belongs to.

use super::drafts;
use crate::scenario::{self, Scenario};
use crate::session::net::{NetCommand, NetDocument, NetSession};
use crate::session::{Command, Document, Session};

/// A document that is kept in files.
pub(in crate::app) trait Paper: Clone + PartialEq {
    /// The session that it is worked on in.
    type Session;
    /// The name of the file that it is kept in between two starts.
    const KEPT: &'static str;
    /// The name that a new file is offered.
    const NAME: &'static str;

    /// The name of the file beside it for texts that are being typed, where there are any to be kept.
    const DRAFTS: Option<&'static str>;

    /// The document of a scenario, if it is one of these.
    fn of(scenario: Scenario) -> Option<Self>;
    /// The text of its scenario.
    fn text(&self) -> String;
    /// Whether two documents differ only in where in time they are.
    fn same_but_time(&self, other: &Self) -> bool;
    /// Whether undo takes two documents for the same.
    fn same_settings(&self, other: &Self) -> bool;
    /// The document of a session.
    fn on(session: &Self::Session) -> &Self;
    /// A number that grows whenever the session changes.
    fn revision(session: &Self::Session) -> u64;
    /// Whether time goes on by itself.
    fn playing(session: &Self::Session) -> bool;
    /// Makes it the session's; false if it cannot be.
    fn load(self, session: &mut Self::Session) -> bool;
    /// The texts that are being typed, as a file keeps them; empty for none.
    fn drafts(_: &Self::Session) -> String {
        String::new()
    }
    /// Puts such texts back.
    fn restore_drafts(_: &str, _: &mut Self::Session) {}
}

impl Paper for Document {
    type Session = Session;
    const KEPT: &'static str = "autosave.toml";
    const NAME: &'static str = "descent.toml";
    const DRAFTS: Option<&'static str> = Some(drafts::FILE);

    fn of(scenario: Scenario) -> Option<Self> {
        match scenario {
            Scenario::Descent(document) => Some(*document),
            Scenario::Net(_) => None,
        }
    }

    fn text(&self) -> String {
        scenario::write(self)
    }

    fn same_but_time(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.transport.cursor = self.transport.cursor;
        other.transport.playing = self.transport.playing;
        *self == other
    }

    fn same_settings(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.transport = self.transport.clone();
        other.picture = self.picture.clone();
        other.selected = self.selected;
        *self == other
    }

    fn on(session: &Session) -> &Self {
        session.document()
    }

    fn revision(session: &Session) -> u64 {
        session.revision()
    }

    fn playing(session: &Session) -> bool {
        session.document().transport.playing
    }

    fn load(self, session: &mut Session) -> bool {
        session.apply(Command::Load(Box::new(self))).is_ok()
    }

    fn drafts(session: &Session) -> String {
        drafts::write(session)
    }

    fn restore_drafts(text: &str, session: &mut Session) {
        drafts::restore(text, session);
    }
}

impl Paper for NetDocument {
    type Session = NetSession;
    const KEPT: &'static str = "autosave-net.toml";
    const NAME: &'static str = "net.toml";
    const DRAFTS: Option<&'static str> = None;

    fn of(scenario: Scenario) -> Option<Self> {
        match scenario {
            Scenario::Net(document) => Some(*document),
            Scenario::Descent(_) => None,
        }
    }

    fn text(&self) -> String {
        scenario::write_net(self)
    }

    fn same_but_time(&self, other: &Self) -> bool {
        let mut other = other.clone();
        (other.transport.step, other.transport.phase) = (self.transport.step, self.transport.phase);
        other.transport.playing = self.transport.playing;
        *self == other
    }

    fn same_settings(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.transport = self.transport.clone();
        other.picture = self.picture.clone();
        *self == other
    }

    fn on(session: &NetSession) -> &Self {
        session.document()
    }

    fn revision(session: &NetSession) -> u64 {
        session.revision()
    }

    fn playing(session: &NetSession) -> bool {
        session.document().transport.playing
    }

    fn load(self, session: &mut NetSession) -> bool {
        session.apply(NetCommand::Load(Box::new(self))).is_ok()
    }
}
