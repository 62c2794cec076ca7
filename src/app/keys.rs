//! The keys: one table, read by the window and shown by the key list.
//!
//! While text is being typed no key is the window's; while a control has the focus, the keys that work it are its own.

use egui::{Key, Modifiers, Ui};

use super::state::{Lab, WhyTab};
use super::theme::ThemeName;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the key list names each of them in words")]
pub(super) enum Action {
    PlayPause,
    Step,
    StepBack,
    Reset,
    End,
    Faster,
    Slower,
    /// Moves the start by so many hundredths of the view, right and up.
    MoveStart(i8, i8),
    Select(usize),
    Loop,
    Fork,
    Join,
    Undo,
    Redo,
    Fit,
    FitPaths,
    Follow,
    NextView,
    Motion,
    /// Turns the relief, or moves the map, by so many parts right and up.
    Turn(i8, i8),
    /// Moves the view by so many parts right and up.
    Pan(i8, i8),
    /// Zooms in (1) or out (-1).
    Zoom(i8),
    Language,
    Theme,
    FoldLeft,
    FoldRight,
    FoldBottom,
    /// Plays each step line by line, or not.
    Slow,
    /// Opens a tab of the right panel.
    Tab(WhyTab),
    FullScreen,
    KeyList,
    BestRates,
    /// Opens this laboratory.
    Lab(Lab),
    /// Opens the other laboratory.
    OtherLab,
    /// Goes on to the end of the epoch, or back to its beginning.
    Epoch(bool),
    Examples,
    Open,
    /// Opens the file at this place of the list of recent ones.
    OpenRecent(usize),
    Save,
    SaveAs,
    /// Opens the dialog that saves the picture as a file.
    Export,
    CopyPicture,
    CopyText,
    PasteText,
    Present,
    SetTheme(ThemeName),
    /// Shows everything at so many percent.
    Magnify(u16),
    /// Shows everything larger (1) or smaller (-1).
    MagnifyBy(i8),
}

/// A line of the key list.
pub(super) struct Binding {
    /// The keys as they are shown.
    pub shown: &'static str,
    /// What they do, a key of the table of texts.
    pub label: &'static str,
    /// The presses that ask for it; none of keys that a control takes for itself.
    pub presses: &'static [(Modifiers, Key, Action)],
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const ALT: Modifiers = Modifiers::ALT;
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);

/// A group of the key list.
pub(super) struct Group {
    /// Its heading, a key of the table of texts.
    pub name: &'static str,
    /// Its lines.
    pub bindings: &'static [Binding],
}

/// All keys, in the order of the list.
pub(super) const GROUPS: &[Group] = &[
    Group { name: "app.keys.group_time", bindings: TIME },
    Group { name: "app.keys.group_race", bindings: RACE },
    Group { name: "app.keys.group_view", bindings: VIEW },
    Group { name: "app.keys.group_file", bindings: FILES },
    Group { name: "app.keys.group_window", bindings: WINDOW },
];

/// All lines of the key list.
fn bindings() -> impl Iterator<Item = &'static Binding> {
    GROUPS.iter().flat_map(|group| group.bindings)
}

const TIME: &[Binding] = &[
    Binding { shown: "Space", label: "app.keys.play", presses: &[(NONE, Key::Space, Action::PlayPause)] },
    Binding {
        shown: "→  ←",
        label: "app.keys.step",
        presses: &[(NONE, Key::ArrowRight, Action::Step), (NONE, Key::ArrowLeft, Action::StepBack)],
    },
    Binding {
        shown: "Home  End",
        label: "app.keys.ends",
        presses: &[(NONE, Key::Home, Action::Reset), (NONE, Key::End, Action::End)],
    },
    Binding {
        shown: "+  −",
        label: "app.keys.speed",
        presses: &[
            (NONE, Key::Plus, Action::Faster),
            (NONE, Key::Equals, Action::Faster),
            (NONE, Key::Minus, Action::Slower),
        ],
    },
    Binding {
        shown: "N  Shift N",
        label: "app.keys.epoch",
        presses: &[(NONE, Key::N, Action::Epoch(true)), (SHIFT, Key::N, Action::Epoch(false))],
    },
    Binding { shown: "S", label: "app.keys.slow", presses: &[(NONE, Key::S, Action::Slow)] },
    Binding { shown: "R", label: "app.keys.loop", presses: &[(NONE, Key::R, Action::Loop)] },
    Binding {
        shown: "Y  Shift Y",
        label: "app.keys.fork",
        presses: &[(NONE, Key::Y, Action::Fork), (SHIFT, Key::Y, Action::Join)],
    },
];

const RACE: &[Binding] = &[
    Binding {
        shown: "Shift ← ↑ ↓ →",
        label: "app.keys.start",
        presses: &[
            (SHIFT, Key::ArrowLeft, Action::MoveStart(-1, 0)),
            (SHIFT, Key::ArrowRight, Action::MoveStart(1, 0)),
            (SHIFT, Key::ArrowUp, Action::MoveStart(0, 1)),
            (SHIFT, Key::ArrowDown, Action::MoveStart(0, -1)),
        ],
    },
    Binding {
        shown: "1 … 9",
        label: "app.keys.select",
        presses: &[
            (NONE, Key::Num1, Action::Select(0)),
            (NONE, Key::Num2, Action::Select(1)),
            (NONE, Key::Num3, Action::Select(2)),
            (NONE, Key::Num4, Action::Select(3)),
            (NONE, Key::Num5, Action::Select(4)),
            (NONE, Key::Num6, Action::Select(5)),
            (NONE, Key::Num7, Action::Select(6)),
            (NONE, Key::Num8, Action::Select(7)),
            (NONE, Key::Num9, Action::Select(8)),
        ],
    },
    Binding {
        shown: "Ctrl Z  Ctrl Shift Z",
        label: "app.keys.undo",
        presses: &[(CTRL, Key::Z, Action::Undo), (CTRL_SHIFT, Key::Z, Action::Redo), (CTRL, Key::Y, Action::Redo)],
    },
];

const VIEW: &[Binding] = &[
    Binding { shown: "F", label: "app.keys.fit", presses: &[(NONE, Key::F, Action::Fit)] },
    Binding { shown: "P", label: "app.keys.fit_paths", presses: &[(NONE, Key::P, Action::FitPaths)] },
    Binding { shown: "C", label: "app.keys.follow", presses: &[(NONE, Key::C, Action::Follow)] },
    Binding { shown: "V", label: "app.keys.view", presses: &[(NONE, Key::V, Action::NextView)] },
    Binding { shown: "B", label: "app.keys.rates", presses: &[(NONE, Key::B, Action::BestRates)] },
    Binding { shown: "J", label: "app.keys.motion", presses: &[(NONE, Key::J, Action::Motion)] },
    Binding {
        shown: "Alt ← ↑ ↓ →",
        label: "app.keys.turn",
        presses: &[
            (ALT, Key::ArrowLeft, Action::Turn(-1, 0)),
            (ALT, Key::ArrowRight, Action::Turn(1, 0)),
            (ALT, Key::ArrowUp, Action::Turn(0, 1)),
            (ALT, Key::ArrowDown, Action::Turn(0, -1)),
        ],
    },
    Binding {
        shown: "Alt Shift ← ↑ ↓ →",
        label: "app.keys.pan",
        presses: &[
            (ALT_SHIFT, Key::ArrowLeft, Action::Pan(-1, 0)),
            (ALT_SHIFT, Key::ArrowRight, Action::Pan(1, 0)),
            (ALT_SHIFT, Key::ArrowUp, Action::Pan(0, 1)),
            (ALT_SHIFT, Key::ArrowDown, Action::Pan(0, -1)),
        ],
    },
    Binding {
        shown: "Alt +  −",
        label: "app.keys.zoom",
        presses: &[
            (ALT, Key::Plus, Action::Zoom(1)),
            (ALT, Key::Equals, Action::Zoom(1)),
            (ALT, Key::Minus, Action::Zoom(-1)),
        ],
    },
];

const FILES: &[Binding] = &[
    Binding { shown: "E", label: "app.keys.examples", presses: &[(NONE, Key::E, Action::Examples)] },
    Binding { shown: "Ctrl O", label: "app.keys.open", presses: &[(CTRL, Key::O, Action::Open)] },
    Binding {
        shown: "Ctrl S  Ctrl Shift S",
        label: "app.keys.save",
        presses: &[(CTRL, Key::S, Action::Save), (CTRL_SHIFT, Key::S, Action::SaveAs)],
    },
    Binding {
        shown: "Ctrl E  Ctrl Shift E",
        label: "app.keys.export",
        presses: &[(CTRL, Key::E, Action::Export), (CTRL_SHIFT, Key::E, Action::CopyPicture)],
    },
    Binding {
        shown: "Ctrl Shift C  V",
        label: "app.keys.text",
        presses: &[(CTRL_SHIFT, Key::C, Action::CopyText), (CTRL_SHIFT, Key::V, Action::PasteText)],
    },
];

const WINDOW: &[Binding] = &[
    Binding {
        shown: "[  \\  ]",
        label: "app.keys.fold",
        presses: &[
            (NONE, Key::OpenBracket, Action::FoldLeft),
            (NONE, Key::Backslash, Action::FoldBottom),
            (NONE, Key::CloseBracket, Action::FoldRight),
        ],
    },
    Binding {
        shown: "F2 … F5",
        label: "app.keys.tabs",
        presses: &[
            (NONE, Key::F2, Action::Tab(WhyTab::Step)),
            (NONE, Key::F3, Action::Tab(WhyTab::Rule)),
            (NONE, Key::F4, Action::Tab(WhyTab::Curvature)),
            (NONE, Key::F5, Action::Tab(WhyTab::Race)),
        ],
    },
    Binding { shown: "F6", label: "app.keys.lab", presses: &[(NONE, Key::F6, Action::OtherLab)] },
    Binding { shown: "Ctrl Space  Ctrl .", label: "app.keys.editor", presses: &[] },
    Binding { shown: "L", label: "app.keys.language", presses: &[(NONE, Key::L, Action::Language)] },
    Binding { shown: "T", label: "app.keys.theme", presses: &[(NONE, Key::T, Action::Theme)] },
    Binding {
        shown: "Ctrl +  −  0",
        label: "app.keys.magnify",
        presses: &[
            (CTRL, Key::Plus, Action::MagnifyBy(1)),
            (CTRL, Key::Equals, Action::MagnifyBy(1)),
            (CTRL, Key::Minus, Action::MagnifyBy(-1)),
            (CTRL, Key::Num0, Action::Magnify(100)),
        ],
    },
    Binding { shown: "F9", label: "app.keys.present", presses: &[(NONE, Key::F9, Action::Present)] },
    Binding { shown: "F11", label: "app.keys.full", presses: &[(NONE, Key::F11, Action::FullScreen)] },
    Binding {
        shown: "?",
        label: "app.keys.list",
        presses: &[
            (NONE, Key::Questionmark, Action::KeyList),
            (SHIFT, Key::Slash, Action::KeyList),
            (NONE, Key::F1, Action::KeyList),
        ],
    },
];

/// The keys that a focused control works with.
const CONTROL_KEYS: [Key; 8] =
    [Key::Space, Key::Enter, Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End];

impl Action {
    /// Whether it is the window's own, whatever laboratory is open.
    pub(super) fn is_of_the_window(self) -> bool {
        matches!(
            self,
            Self::Language
                | Self::Theme
                | Self::SetTheme(_)
                | Self::FoldLeft
                | Self::FoldRight
                | Self::FoldBottom
                | Self::FullScreen
                | Self::KeyList
                | Self::Lab(_)
                | Self::OtherLab
                | Self::Examples
                | Self::Open
                | Self::OpenRecent(_)
                | Self::Save
                | Self::SaveAs
                | Self::CopyText
                | Self::PasteText
                | Self::Present
                | Self::Magnify(_)
                | Self::MagnifyBy(_)
        )
    }
}

/// The actions that were asked for since the last frame, in order. While something covers the window only those are
/// asked for that put it there, so that the same key takes it away.
pub(super) fn pressed(ui: &Ui, covered: bool) -> Vec<Action> {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return Vec::new();
    }
    let focused = ui.memory(|memory| memory.focused().is_some());
    ui.input(|input| {
        let mut actions = Vec::new();
        for event in &input.events {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
            if focused && CONTROL_KEYS.contains(key) {
                continue;
            }
            let hit = bindings().flat_map(|binding| binding.presses).find(|(wanted, code, _)| {
                // A sign may need Shift on some keyboards.
                let sign = matches!(code, Key::Plus | Key::Questionmark);
                let shifted = wanted.plus(SHIFT);
                code == key && (modifiers.matches_exact(*wanted) || (sign && modifiers.matches_exact(shifted)))
            });
            let over = |action: &Action| matches!(action, Action::Examples | Action::KeyList);
            if let Some((_, _, action)) = hit
                && (!covered || over(action))
            {
                actions.push(*action);
            }
        }
        actions
    })
}
