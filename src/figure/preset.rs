//! Prepared figures: those of the book, drawn our own way, and a gallery of what the program shows. Each is a file of
//! `assets/figures`: a scenario, words in both languages, and what is pointed out.

use std::sync::LazyLock;

use serde::Deserialize;

use super::marks::Mark;
use super::request::{Parts, Request, View};
use super::size::size;
use super::theme::ThemeName;
use crate::i18n::{Lang, Localized};
use crate::lang::closest;
use crate::scenario::{self, Problem};
use crate::session::Session;

/// A prepared figure.
#[derive(Clone, Debug)]
pub struct Preset {
    /// Its name on the command line: that of its file without `.toml`.
    pub id: &'static str,
    form: Form,
}

/// A file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    /// What lists say of it, one sentence.
    about: Localized,
    /// The title.
    title: Localized,
    /// The caption; the settings where it is left out.
    caption: Option<Localized>,
    view: String,
    /// Width and height, as `--size` takes them; what suits it where it is left out.
    size: Option<String>,
    /// The step that is shown; that of the scenario where it is left out, the last for a larger one.
    step: Option<f64>,
    /// What is left out: `title`, `legend`, `caption`, `ticks`, `names`, `scale`, `balls`, `start`.
    #[serde(default)]
    hide: Vec<String>,
    /// The names of the axes.
    x: Option<Localized>,
    y: Option<Localized>,
    /// The names of the racers.
    #[serde(default)]
    labels: Vec<Localized>,
    /// The prepared example that it shows, or a scenario of its own.
    example: Option<String>,
    scenario: Option<toml::Table>,
    #[serde(default, rename = "mark")]
    marks: Vec<Mark>,
}

impl Preset {
    /// What it shows, in a sentence.
    pub fn about(&self) -> &Localized {
        &self.form.about
    }

    /// Its title.
    pub fn title(&self) -> &Localized {
        &self.form.title
    }

    /// Its view.
    pub fn view(&self) -> View {
        View::find(&self.form.view).unwrap_or(View::Curve)
    }

    /// The session that it shows.
    ///
    /// # Errors
    /// Never, as the tests hold: presets are part of the program.
    pub fn session(&self) -> Result<Session, Problem> {
        match (&self.form.example, &self.form.scenario) {
            (Some(id), _) => {
                let example = scenario::examples().find(|example| example.id == *id);
                example.ok_or(Problem::NoVersion)?.session()
            }
            (None, table) => {
                let text = table.as_ref().map(toml::Table::to_string).unwrap_or_default();
                Session::open(scenario::read(&text)?).map_err(|refusal| Problem::Refused(Box::new(refusal)))
            }
        }
    }

    /// The request for it.
    pub fn request(&self, lang: Lang, theme: ThemeName) -> Request {
        let form = &self.form;
        let shows = |part: &str| !form.hide.iter().any(|hidden| hidden == part);
        Request {
            size: form.size.as_deref().and_then(|text| size(text).ok()),
            theme,
            lang,
            title: Some(form.title.get(lang).to_owned()),
            caption: form.caption.as_ref().map(|caption| caption.get(lang).to_owned()),
            names: [form.x.clone(), form.y.clone()],
            labels: form.labels.clone(),
            parts: Parts {
                title: shows("title"),
                legend: shows("legend"),
                caption: shows("caption"),
                ticks: shows("ticks"),
                names: shows("names"),
                scale: shows("scale"),
                balls: shows("balls"),
                start: shows("start"),
            },
            at: form.step,
            marks: form.marks.clone(),
            ..Request::new(self.view())
        }
    }
}

/// No prepared figure has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no figure `{id}`")]
pub struct UnknownPreset {
    /// The name.
    pub id: String,
    /// Known ones that are near.
    pub suggestions: Vec<String>,
}

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../assets/figures/", $file)))),*];
    };
}

files![
    "fig-2-10.toml",
    "fig-2-11.toml",
    "fig-2-12.toml",
    "fig-2-13.toml",
    "race.toml",
    "race-loss.toml",
    "race-relief.toml",
    "ravine.toml",
    "basins.toml",
    "sweep.toml",
    "stability.toml",
    "schedule.toml",
    "saddle.toml",
    "adam-step.toml",
];

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let read = |(file, text): &(&'static str, &str)| match toml::from_str::<Form>(text) {
        Ok(form) => Preset { id: file.strip_suffix(".toml").unwrap_or(file), form },
        // The file is part of the program and read by a test: this can only be met while it is being edited.
        Err(error) => panic!("assets/figures/{file}: {error}"),
    };
    FILES.iter().map(read).collect()
});

/// The prepared figures, in the order of lists.
pub fn presets() -> &'static [Preset] {
    &PRESETS
}

/// The prepared figure of a name.
///
/// # Errors
/// The nearest known name, if there is none.
pub fn find(id: &str) -> Result<&'static Preset, UnknownPreset> {
    presets().iter().find(|preset| preset.id == id).ok_or_else(|| {
        let known = presets().iter().map(|preset| preset.id);
        UnknownPreset { id: id.to_owned(), suggestions: closest(id, known) }
    })
}
