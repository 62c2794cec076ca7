//! The network laboratory in the window: its session, the training that runs for it, its panels and views.
//!
//! It is drawn in the frame of the window, beside the descent laboratory: header, keys, files and themes are shared.
//! Views read a scene and return commands, as everywhere.

mod bring;
mod card;
mod join;
mod paint;
mod panels;
mod plane;
mod runner;
mod state;
mod textures;
mod tone;
mod views;

use egui::{Align, CentralPanel, Context, Frame, Layout, Panel, Rect, Ui, UiBuilder, pos2, vec2};

pub(super) use self::bring::{bring, is_data};
pub(super) use self::card::Card;
use self::plane::NetPlane;
use self::runner::{Order, Runner, Snapshot, Wish};
use self::state::NetState;
use self::textures::Textures;
use self::tone::Meaning;
use self::views::{Scene, VIEWS};
use super::keys::Action;
use super::paint::{elided_text, face};
use super::theme::{Theme, sizes};
use super::widgets::{Segment, segmented};
use crate::i18n::Lang;
use crate::session::NetSlice;
use crate::session::net::{NetCommand, NetRefusal, NetSession, Program, Speed};

/// The height of the bar above the view.
const TITLE: f32 = 40.0;

/// The network laboratory.
pub(super) struct NetLab {
    session: NetSession,
    state: NetState,
    runner: Runner,
    textures: Textures,
    plane: Option<NetPlane>,
    /// The data that there is no plane of.
    without: Option<crate::nn::data::DataSpec>,
    jump: u64,
    known: std::sync::Arc<Program>,
}

/// Which panels are open, and how large: left, right, lower.
pub(super) struct Rooms {
    /// Whether they are open.
    pub open: [bool; 3],
    /// Their sizes in points.
    pub sizes: [f32; 3],
    /// Whether the window is shown to an audience.
    pub presenting: bool,
}

impl NetLab {
    /// The laboratory with a session; `at_once` where training is to be done in the frame that asks for it.
    pub(super) fn new(session: NetSession, at_once: bool) -> Self {
        Self {
            known: session.program().clone(),
            session,
            state: NetState::new(at_once),
            runner: Runner::new(at_once),
            textures: Textures::default(),
            plane: None,
            without: None,
            jump: 0,
        }
    }

    /// The document.
    pub(super) fn session(&self) -> &NetSession {
        &self.session
    }

    /// The document, to be changed from outside of the window.
    pub(super) fn session_mut(&mut self) -> &mut NetSession {
        &mut self.session
    }

    /// What the training has come to.
    pub(super) fn snapshot(&self) -> Option<std::sync::Arc<Snapshot>> {
        self.runner.snapshot()
    }

    /// How often pictures of what neurons answer were filled.
    pub(super) fn filled(&self) -> u64 {
        self.textures.filled()
    }

    /// A slice of the loss that was asked to be opened in the other laboratory.
    pub(super) fn take_slice(&mut self) -> Option<Box<NetSlice>> {
        self.state.slice.take()
    }

    /// Nobody looks any more: the training waits.
    pub(super) fn rest(&mut self) {
        self.runner.rest();
    }

    /// Does what a command says.
    pub(super) fn apply(&mut self, command: NetCommand) -> Result<(), NetRefusal> {
        let goes = matches!(
            command,
            NetCommand::Step
                | NetCommand::StepBack
                | NetCommand::Epoch
                | NetCommand::EpochBack
                | NetCommand::Reset
                | NetCommand::Seek(_)
                | NetCommand::Load(_)
                | NetCommand::Undo
                | NetCommand::Redo
        );
        let before = self.session.step();
        self.session.apply(command)?;
        // Whoever has gone to a step by himself is not to be taken back by a training that is still elsewhere.
        self.jump += u64::from(goes || self.session.step() != before);
        Ok(())
    }

    /// Lets `dt` seconds pass, and brings training and session together.
    pub(super) fn logic(&mut self, ctx: &Context, dt: f64) {
        let behind = self.runner.snapshot().is_some_and(|snapshot| !snapshot.arrived && snapshot.jump == self.jump);
        if !behind {
            self.session.advance(dt);
        }
        self.find_plane();
        if !std::sync::Arc::ptr_eq(&self.known, self.session.program()) {
            // Whatever has changed the program, the training goes to the step that is shown.
            self.known = self.session.program().clone();
            self.jump += 1;
        }
        let transport = &self.session.document().transport;
        let order = Order {
            program: self.session.program().clone(),
            step: transport.step,
            jump: self.jump,
            free: transport.playing && transport.speed == Speed::Full,
            grid: self.plane.as_ref().map(|plane| plane.grid.clone()),
            gradient: self.session.document().picture.weight.is_some(),
            wish: VIEWS
                .iter()
                .find(|entry| entry.view == self.session.document().picture.view)
                .map_or(Wish::Nothing, |entry| (entry.wish)(&self.session)),
        };
        let Some(snapshot) = self.runner.ask(ctx, order) else { return };
        let current = std::sync::Arc::ptr_eq(&snapshot.program, self.session.program());
        if current && snapshot.jump == self.jump {
            self.session.reached(snapshot.step, snapshot.farthest);
            if snapshot.stopped.is_some() || snapshot.trouble.is_some() {
                self.session.stopped(snapshot.step);
            }
        }
    }

    fn find_plane(&mut self) {
        let spec = &self.session.document().data;
        let known = self.plane.as_ref().is_some_and(|plane| plane.is_of(spec)) || self.without.as_ref() == Some(spec);
        if !known {
            self.plane = NetPlane::of(spec);
            self.without = self.plane.is_none().then(|| spec.clone());
        }
    }

    /// Draws the rooms; gives those that were open, for their edges to be dragged.
    pub(super) fn draw(
        &mut self,
        ui: &mut Ui,
        lang: Lang,
        point: Option<&'static str>,
        rooms: &Rooms,
        actions: &mut Vec<Action>,
        commands: &mut Vec<NetCommand>,
    ) -> [Option<Rect>; 3] {
        let theme = Theme::of(ui);
        let plain = Frame::new().fill(theme.panel);
        let [left, right, bottom] = rooms.open;
        let mut edges = [None; 3];
        let Self { session, state, textures, plane, runner, .. } = self;
        let session: &NetSession = session;
        let snapshot = runner.snapshot();
        let meaning = meaning(session, snapshot.as_deref());
        if let Some(snapshot) = &snapshot {
            textures.show(ui.ctx(), theme, snapshot, &meaning, session.document().picture.discrete);
        }
        let scene = snapshot.as_deref().map(|snapshot| Scene {
            session,
            snapshot,
            plane: plane.as_ref(),
            textures,
            meaning: &meaning,
            theme,
            lang,
        });
        if left {
            let panel = Panel::left("net what").exact_size(rooms.sizes[0]).resizable(false).frame(plain);
            let panel = panel.show(ui, |ui| panels::what(ui, session, state, plane.as_ref(), lang, commands));
            edges[0] = Some(panel.response.rect);
        }
        if right {
            let panel = Panel::right("net numbers").exact_size(rooms.sizes[1]).resizable(false).frame(plain);
            let panel = panel.show(ui, |ui| {
                if let Some(scene) = &scene {
                    panels::numbers(ui, scene, state, commands);
                }
            });
            edges[1] = Some(panel.response.rect);
        }
        if bottom || rooms.presenting {
            let panel = Panel::bottom("net when").exact_size(rooms.sizes[2]).resizable(false).frame(plain);
            let panel = panel.show(ui, |ui| match &scene {
                Some(scene) if bottom => panels::when(ui, scene, actions, commands),
                _ => panels::slim(ui, session, lang, actions, commands),
            });
            edges[2] = bottom.then_some(panel.response.rect);
        }
        CentralPanel::default().frame(plain).show(ui, |ui| {
            let outer = ui.max_rect();
            let (bar, room) = outer.split_top_bottom_at_y(outer.top() + TITLE);
            title(ui, bar, session, lang, point, commands);
            let view = session.document().picture.view;
            let entry = VIEWS.iter().find(|entry| entry.view == view);
            if let (Some(scene), Some(entry)) = (&scene, entry)
                && room.width() > 40.0
                && room.height() > 40.0
            {
                (entry.draw)(ui, room, scene, state, commands);
            }
        });
        edges
    }
}

/// What the outputs of the snapshot's net mean.
fn meaning(session: &NetSession, snapshot: Option<&Snapshot>) -> Meaning {
    let program = snapshot.map_or(session.program(), |snapshot| &snapshot.program);
    let step = snapshot.map_or(0, |snapshot| snapshot.step);
    let loss = program.legs.get(program.leg_at(step)).map(|leg| leg.recipe.loss).unwrap_or_default();
    Meaning::of(&program.split.train.targets, loss)
}

/// The bar above the view: the switch of the views, and what is shown.
fn title(
    ui: &mut Ui,
    bar: Rect,
    session: &NetSession,
    lang: Lang,
    point: Option<&'static str>,
    commands: &mut Vec<NetCommand>,
) {
    let theme = Theme::of(ui);
    let row = Rect::from_min_max(bar.min + vec2(20.0, 8.0), bar.max - vec2(16.0, 4.0));
    let view = session.document().picture.view;
    let entries: Vec<_> = VIEWS.iter().map(|entry| (entry.view, (entry.words)(lang))).collect();
    let segments: Vec<Segment<'_, _>> =
        entries.iter().map(|(value, [word, hint])| Segment { value: *value, word, hint }).collect();
    let builder = UiBuilder::new().max_rect(row).layout(Layout::left_to_right(Align::Center));
    let left = ui.scope_builder(builder, |ui| {
        commands.extend(segmented(ui, view, &segments).map(NetCommand::SetView));
        ui.min_rect().right()
    });
    let hint = entries.iter().find(|(known, _)| *known == view).map_or("", |(_, [_, hint])| hint);
    let words = point.unwrap_or(hint);
    let at = pos2(left.inner + 14.0, row.center().y);
    elided_text(ui.painter(), at, row.right() - at.x, words, face(sizes().caption, false), theme.muted);
}

/// The document of the first start: two moons and a small net.
pub(super) fn first() -> NetSession {
    match NetSession::on("moons") {
        Ok(session) => session,
        // It is part of the program and opened by a test: this can only be met while it is being edited.
        Err(refusal) => panic!("the first net: {refusal:?}"),
    }
}
