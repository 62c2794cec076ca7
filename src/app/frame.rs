//! The program in the window: one frame is keys, panels, commands.

mod acting;
mod exporting;
mod filing;
mod showing;

use std::path::PathBuf;

use egui::{CentralPanel, Context, Frame, Panel, Ui, UiBuilder};

use super::cache::Cache;
use super::export::Exports;
use super::files::{Autosave, Desk};
use super::keys::{self, Action};
use super::model::Model;
use super::net::{self, NetLab, Rooms};
use super::panels::{self, Gallery, Maps, Rates, Shelf};
use super::preferences::{self, Preferences};
use super::reading::Reading;
use super::state::{Lab, ViewState};
use super::study::Studies;
use super::theme::{self, Theme, ThemeName};
use super::{drop, fonts};
use crate::explain;
use crate::i18n::Lang;
use crate::scenario;
use crate::session::net::{NetCommand, NetDocument, NetSession};
use crate::session::{Command, Document, Session};

/// How the window is to open.
#[derive(Default)]
pub struct Options {
    /// What it shows; the prepared example of the first start where nothing is said.
    pub session: Option<Session>,
    /// What the network laboratory shows; it is open then.
    pub net: Option<NetSession>,
    /// The file that this was read from.
    pub file: Option<PathBuf>,
    /// Its language; what the preferences or the system say where nothing is said.
    pub lang: Option<Lang>,
    /// Its theme; what the preferences say where nothing is said.
    pub theme: Option<ThemeName>,
    /// Whether it opens as a presentation.
    pub presentation: bool,
}

/// The program inside the window.
pub struct App {
    session: Session,
    view: ViewState,
    cache: Cache,
    maps: Maps,
    rates: Rates,
    studies: Studies,
    gallery: Gallery,
    exports: Exports,
    desk: Desk<Document>,
    autosave: Autosave<Document>,
    net: NetLab,
    net_desk: Desk<NetDocument>,
    net_autosave: Autosave<NetDocument>,
    preferences: Preferences,
    /// Where preferences and document are kept; none for a window that is not the user's own (a picture, a test).
    folder: Option<PathBuf>,
    /// The theme that the toolkit's style was made for, and whether for a presentation.
    dressed: Option<(ThemeName, bool)>,
    /// The title that the window has.
    shown_title: String,
}

/// The height of the lower bar of a presentation, in points.
const SLIM: f32 = 52.0;

impl App {
    /// The program for the user's own window: with the preferences and the document of last time.
    pub fn new(options: Options) -> Self {
        Self::in_folder(options, preferences::folder(), preferences::system_lang())
    }

    /// The program for a picture or a test: nothing is read from the system and nothing is kept.
    pub fn detached(options: Options) -> Self {
        Self::with_preferences(options, Preferences::default(), Lang::default(), true)
    }

    /// `at_once` where the work in the background is to be done in the frame that asks for it.
    fn with_preferences(options: Options, preferences: Preferences, lang: Lang, at_once: bool) -> Self {
        let mut view = ViewState::new(&preferences, lang);
        view.lang = options.lang.unwrap_or(view.lang);
        view.theme = options.theme.unwrap_or(view.theme);
        view.presenting = options.presentation;
        view.lab = match (&options.session, &options.net) {
            (_, Some(_)) => Lab::Net,
            (Some(_), None) => Lab::Descent,
            (None, None) => view.lab,
        };
        let net_file = options.file.as_deref().filter(|_| options.net.is_some());
        let net_desk = net_file.map_or_else(Desk::default, |file| Desk::of(Some(file), None));
        let net = NetLab::new(options.net.unwrap_or_else(net::first), at_once);
        let (session, desk) = match options.session {
            Some(session) if options.file.is_some() => (session, Desk::of(options.file.as_deref(), None)),
            Some(session) => (session, Desk::default()),
            None => first_example(),
        };
        Self {
            session,
            view,
            cache: Cache::default(),
            studies: Studies::default(),
            maps: Maps::new(at_once),
            rates: Rates::new(at_once),
            gallery: Gallery::default(),
            exports: Exports::new(at_once),
            desk,
            autosave: Autosave::default(),
            net,
            net_desk,
            net_autosave: Autosave::default(),
            preferences,
            folder: None,
            dressed: None,
            shown_title: String::new(),
        }
    }

    /// The document.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The document, to be changed from outside of the window.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The document of the network laboratory.
    pub fn net(&self) -> &NetSession {
        self.net.session()
    }

    /// The document of the network laboratory, to be changed from outside of the window.
    pub fn net_mut(&mut self) -> &mut NetSession {
        self.net.session_mut()
    }

    /// The step and the weights that the network laboratory shows; none before its first frame.
    pub fn net_shown(&self) -> Option<(usize, Vec<f64>)> {
        self.net.snapshot().map(|snapshot| (snapshot.step, snapshot.weights.to_vec()))
    }

    /// How often the pictures of what the neurons answer were filled.
    pub fn net_filled(&self) -> u64 {
        self.net.filled()
    }

    /// The window's own state.
    pub fn view(&self) -> &ViewState {
        &self.view
    }

    /// How often the picture of the relief was drawn.
    pub fn reliefs_drawn(&self) -> u64 {
        self.cache.reliefs_drawn()
    }

    /// How often the surface was sampled for the heat map, and how often contour lines were made.
    pub fn work(&self) -> (u64, u64) {
        self.cache.work()
    }

    /// The size that the window had last time, in points.
    pub(super) fn window_size(&self) -> egui::Vec2 {
        self.preferences.size.map_or(egui::vec2(1280.0, 800.0), egui::Vec2::from)
    }

    /// Fonts and styles, once, before the first frame.
    pub fn prepare(&self, ctx: &Context) {
        ctx.set_fonts(fonts::definitions());
        theme::present(self.view.presenting);
        theme::apply(ctx, self.view.theme);
        // The keys of the size of everything are ours, so that it is kept.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
    }

    /// Lets `dt` seconds pass.
    pub fn logic(&mut self, dt: f64) {
        self.session.advance(dt);
    }

    /// One frame: draws everything, then applies what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let dt = f64::from(ui.input(|input| input.stable_dt)).min(0.1);
        match self.view.lab {
            Lab::Descent => self.logic(dt),
            Lab::Net => self.net.logic(ui.ctx(), dt),
        }
        self.dress(ui);
        self.receive(ui);
        let mut actions = keys::pressed(ui, self.view.covered());
        let (mut commands, mut net_commands) = (Vec::new(), Vec::new());
        self.draw(ui, &mut actions, &mut commands, &mut net_commands);
        self.dropped(ui);
        panels::key_list(ui, &mut self.view);
        panels::rates(ui, &self.session, &mut self.view, &mut self.rates, &mut commands);
        self.overlays(ui);
        panels::messages(ui, &mut self.view);
        for action in actions {
            match (self.view.lab, self.net.command(action)) {
                (Lab::Net, Some(command)) => net_commands.push(command),
                (Lab::Net, None) if !action.is_of_the_window() => {}
                _ => self.act(ui, action, &mut commands),
            }
        }
        // A gesture ends where the hand lets go; keys make one change a press.
        if ui.input(|input| input.pointer.any_released()) {
            commands.push(Command::Settle);
            net_commands.push(NetCommand::Settle);
        }
        self.apply_net(net_commands);
        if let Some(slice) = self.net.take_slice() {
            match self.session.apply(Command::ChooseSlice(slice)) {
                Ok(()) => self.open_lab(Lab::Descent),
                Err(refusal) => self.view.refusal = Some((explain::refusal(self.view.lang, &refusal), None)),
            }
        }
        for command in commands {
            let travels = matches!(command, Command::Undo | Command::Redo);
            match self.session.apply(command) {
                Ok(()) if travels => self.desk.returned(self.session.document()),
                Ok(()) => {}
                Err(refusal) => self.view.refusal = Some((explain::refusal(self.view.lang, &refusal), None)),
            }
        }
        self.watch(ui);
        let playing = match self.view.lab {
            Lab::Descent => self.session.document().transport.playing,
            Lab::Net => self.net.session().document().transport.playing,
        };
        if playing {
            ui.request_repaint();
        }
    }

    /// What was dropped on the window.
    fn dropped(&mut self, ui: &Ui) {
        let dropped: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let lang = self.view.lang;
        for path in dropped {
            let data = self.view.lab == Lab::Net && net::is_data(&path);
            match drop::Kind::of(&path) {
                drop::Kind::Unknown if !(data || path.is_dir()) => {
                    self.view.refusal = Some((drop::unknown(&path, lang), None));
                }
                // Of a folder it is said there that it is one.
                drop::Kind::Table | drop::Kind::Scenario | drop::Kind::Unknown => self.take(&path),
            }
        }
    }

    fn draw(
        &mut self,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
        commands: &mut Vec<Command>,
        net_commands: &mut Vec<NetCommand>,
    ) {
        let theme = Theme::get(self.view.theme);
        let plain = Frame::new().fill(theme.panel);
        let presenting = self.view.presenting;
        let open = self.view.folds.map(|folded| !(folded || presenting));
        self.bar(ui, plain, actions);
        let sizes = self.panel_sizes(ui.max_rect());
        if self.view.lab == Lab::Net {
            let tall = if presenting { SLIM } else { sizes[2] };
            let rooms = Rooms { open, sizes: [sizes[0], sizes[1], tall], presenting };
            let edges = self.net.draw(ui, self.view.lang, self.view.point, &rooms, actions, net_commands);
            self.splitters(ui, edges, sizes);
            return;
        }
        let [left, right, bottom] = open;
        self.cache.show(self.session.surface());
        let lang = self.view.lang;
        let study = self.cache.evaluator().and_then(|evaluator| self.studies.of(&self.session, evaluator));
        let model = Model::of(&self.session, theme, study, lang);
        let reading = study.and_then(|study| Reading::of(&self.session, theme, study, lang));
        let limit = reading.as_ref().and_then(|reading| reading.limit_of_rate);
        let mut edges = [None; 3];
        let Self { session, view, cache, maps, .. } = self;
        if left {
            let panel = Panel::left("what").exact_size(sizes[0]).resizable(false).frame(plain).show(ui, |ui| {
                panels::what(ui, session, view, cache, limit, commands);
            });
            edges[0] = Some(panel.response.rect);
        }
        if right {
            let panel = Panel::right("why").exact_size(sizes[1]).resizable(false).frame(plain).show(ui, |ui| {
                panels::why(ui, session, view, reading.as_ref(), commands);
            });
            edges[1] = Some(panel.response.rect);
        }
        if bottom || presenting {
            let tall = if presenting { SLIM } else { sizes[2] };
            let panel = Panel::bottom("when").exact_size(tall).resizable(false).frame(plain).show(ui, |ui| {
                panels::when(ui, session, view, &model.losses, actions, commands);
            });
            edges[2] = bottom.then_some(panel.response.rect);
        }
        CentralPanel::default().frame(plain).show(ui, |ui| {
            if session.surface().model.is_none() {
                panels::view(ui, session, view, (cache, maps), &model, actions, commands);
                return;
            }
            let [data, loss] = panels::split(ui.max_rect()).map(|rect| UiBuilder::new().max_rect(rect));
            ui.scope_builder(data, |ui| panels::data(ui, session, view, cache, commands));
            ui.scope_builder(loss, |ui| panels::view(ui, session, view, (cache, maps), &model, actions, commands));
        });
        self.splitters(ui, edges, sizes);
    }

    /// The bar above the rooms.
    fn bar(&self, ui: &mut Ui, plain: Frame, actions: &mut Vec<Action>) {
        if self.view.presenting {
            return;
        }
        let lang = self.view.lang;
        let (name, changed, changes) = match self.view.lab {
            Lab::Descent => {
                (self.desk.name(lang), self.desk.changed(), [self.session.can_undo(), self.session.can_redo()])
            }
            Lab::Net => {
                let net = self.net.session();
                (self.net_desk.name(lang), self.net_desk.changed(), [net.can_undo(), net.can_redo()])
            }
        };
        // Nets have no figures.
        let figures = self.view.lab == Lab::Descent;
        let shelf = Shelf { name, changed, recent: &self.preferences.recent, changes, figures };
        Panel::top("header").exact_size(panels::HEADER).frame(plain).show(ui, |ui| {
            actions.extend(panels::header(ui, &self.view, &shelf));
        });
    }

    /// Keeps the preferences; a disk that is full or a folder that cannot be written costs the memory only.
    fn keep(&mut self) {
        self.preferences.lang = Some(self.view.lang);
        self.preferences.theme = Some(self.view.theme);
        self.preferences.folds = self.view.folds;
        self.preferences.sections.clone_from(&self.view.folded);
        self.preferences.table = self.view.data.table;
        self.preferences.zoom = Some(self.view.zoom);
        self.preferences.file = self.desk.path().map(Into::into);
        self.preferences.example = self.desk.example().map(str::to_owned);
        self.preferences.lab = self.view.lab;
        self.preferences.net_file = self.net_desk.path().map(Into::into);
        self.preferences.net_example = self.net_desk.example().map(str::to_owned);
        if let Some(folder) = &self.folder {
            _ = self.preferences.save(&folder.join(preferences::FILE));
        }
    }

    /// Called when the window is closed.
    pub fn close(&mut self) {
        self.keep();
        self.keep_document();
        self.exports.close();
    }
}

/// What a first start shows.
fn first_example() -> (Session, Desk<Document>) {
    match scenario::first_example() {
        Ok(session) => {
            let document = session.document().clone();
            let desk = scenario::examples().next().map(|example| Desk::with_example(example, document));
            (session, desk.unwrap_or_default())
        }
        // It is part of the program and opened by a test: this can only be met while it is being edited.
        Err(problem) => panic!("assets/scenarios/first.toml: {problem:?}"),
    }
}
