//! The keys of a box: those of its list while it is open, and those for the cure and for the list itself.

use egui::{Event, Id, Key, Modifiers, Ui};

/// What the keys ask for, besides typing.
#[derive(Default)]
pub(super) struct Keys {
    /// Open the list.
    pub ask: bool,
    /// Put the cure in its place.
    pub cure: bool,
    /// Take the chosen entry.
    pub accept: bool,
    /// Close the list.
    pub close: bool,
    down: usize,
    up: usize,
}

impl Keys {
    /// The chosen entry after the arrow keys; past an end it goes on at the other.
    pub(super) fn moved(&self, chosen: usize, count: usize) -> usize {
        let count = count.max(1);
        (chosen.min(count - 1) + self.down + count - self.up % count) % count
    }
}

/// Takes the keys that are not for the text out of the input.
pub(super) fn take(ui: &Ui, id: Id, list: bool) -> Keys {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return Keys::default();
    }
    ui.input_mut(|input| {
        let mut keys = Keys {
            ask: input.consume_key(Modifiers::COMMAND, Key::Space) || input.consume_key(Modifiers::CTRL, Key::Space),
            cure: input.consume_key(Modifiers::COMMAND, Key::Period),
            ..Keys::default()
        };
        if list {
            let mut count = |wanted: Key| {
                let all = input.events.len();
                input.events.retain(|event| {
                    !matches!(event, Event::Key { key, modifiers, pressed: true, .. }
                        if *key == wanted && modifiers.is_none())
                });
                all - input.events.len()
            };
            (keys.down, keys.up) = (count(Key::ArrowDown), count(Key::ArrowUp));
            keys.accept = count(Key::Enter) + count(Key::Tab) > 0;
            keys.close = count(Key::Escape) > 0;
        }
        keys
    })
}
