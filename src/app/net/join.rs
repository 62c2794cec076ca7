//! Between the keys of the window and the commands of this laboratory.

use super::NetLab;
use crate::app::keys::Action;
use crate::session::net::{NetCommand, NetView};

impl NetLab {
    /// What a key or a button asks for here; none where it is the window's own, or means nothing here.
    pub(in crate::app) fn command(&self, action: Action) -> Option<NetCommand> {
        let document = self.session.document();
        Some(match action {
            Action::PlayPause => NetCommand::TogglePlay,
            Action::Step => NetCommand::Step,
            Action::StepBack => NetCommand::StepBack,
            Action::Reset => NetCommand::Reset,
            Action::End => NetCommand::Seek(self.session.farthest()),
            Action::Faster => NetCommand::SetSpeed(document.transport.next_speed(true)),
            Action::Slower => NetCommand::SetSpeed(document.transport.next_speed(false)),
            Action::Undo => NetCommand::Undo,
            Action::Redo => NetCommand::Redo,
            Action::NextView => {
                let views = NetView::ALL;
                let next = views.iter().position(|view| *view == document.picture.view).map_or(0, |at| at + 1);
                NetCommand::SetView(views.get(next).copied().unwrap_or_default())
            }
            Action::Epoch(true) => NetCommand::Epoch,
            Action::Epoch(false) => NetCommand::EpochBack,
            _ => return None,
        })
    }
}
