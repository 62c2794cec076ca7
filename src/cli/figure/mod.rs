//! `downhill figure`: a session as a figure, in the format that the file's name says; `downhill presets`: those that are
//! prepared.

mod all;
pub(super) mod presets;
pub(super) mod what;
pub(super) mod words;
pub(super) mod write;

pub(super) use what::SourceArgs;

use std::path::PathBuf;

use clap::Args;

use super::Context;
use super::failure::Failure;
use super::map::crew;
use super::output::Output;
use crate::figure::size::{LONGEST, SHORTEST, SizeError, size};
use crate::figure::{Figure, Parts, Request, ThemeName, View};
use crate::i18n::{Lang, fill, text};
use crate::session::Session;
use write::Format;

#[derive(Args)]
#[command(mut_group("Choice", |group| group.required(false)))]
pub(super) struct Arguments {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    look: LookArgs,
    /// All prepared figures in both languages, into the folder of -o
    #[arg(long, conflicts_with_all = ["what", "surface", "formula", "view", "step", "title", "caption", "data"])]
    all: bool,
    /// The formats of --all
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "svg", requires = "all")]
    formats: Vec<write::Picture>,
    /// Also write what is plotted as a table, or the mathematics as LaTeX
    #[arg(long, value_name = "FILE.csv|json|tex")]
    data: Option<PathBuf>,
    /// The figure; its ending says the format (tex: function, derivatives, rules). Written whole or not at all
    #[arg(short, long = "output", value_name = "FILE.svg|pdf|png|csv|json|tex")]
    output: PathBuf,
}

/// How a figure looks.
#[derive(Args)]
pub(super) struct LookArgs {
    /// What it shows [default: what the scenario shows]
    #[arg(long, value_name = "VIEW", value_parser = view)]
    view: Option<View>,
    /// Width and height with their unit: cm, mm, in, pt, px [default: what suits it]
    #[arg(long, value_name = "WxH", allow_hyphen_values = true)]
    size: Option<String>,
    /// Pixels of a PNG to a px, of which 96 make an inch [default: 1; 2 without --size]
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    scale: Option<String>,
    /// The colors: light, dark, or print (black on white)
    #[arg(long, value_name = "light|dark|print", default_value = "light", value_parser = theme)]
    theme: ThemeName,
    /// The step that is shown, or `end`
    #[arg(long, value_name = "K|end", allow_hyphen_values = true)]
    step: Option<String>,
    /// The title
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// The caption
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    caption: Option<String>,
    /// The size of the numbers along the axes in points; all other type follows
    #[arg(long, value_name = "PT", allow_hyphen_values = true)]
    text: Option<String>,
    /// Without title
    #[arg(long)]
    no_title: bool,
    /// Without legend
    #[arg(long)]
    no_legend: bool,
    /// Without the settings below
    #[arg(long)]
    no_caption: bool,
    /// Without numbers and names of the axes
    #[arg(long)]
    no_axes: bool,
    /// Without the scale of colors
    #[arg(long)]
    no_scale: bool,
    /// Without the balls
    #[arg(long)]
    no_balls: bool,
}

fn view(id: &str) -> Result<View, String> {
    let known = || View::ALL.map(View::id).join(", ");
    View::find(id).ok_or_else(|| format!("the views are {}", known()))
}

fn theme(id: &str) -> Result<ThemeName, String> {
    let known = || ThemeName::ALL.map(ThemeName::id).join(", ");
    ThemeName::find(id).ok_or_else(|| format!("the themes are {}", known()))
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    if args.all {
        return all::run(args, lang);
    }
    let format = Format::of(&args.output, lang)?;
    let data = args.data.as_deref().map(|path| Format::of_data(path, lang).map(|format| (path, format))).transpose()?;
    let (session, request) = args.source.find(&args.look, lang)?;
    let request = args.look.apply(request, &session, lang)?;
    let scale = args.look.scale(lang)?;
    let request = Request { density: format.density(scale, request.density), ..request };
    let figure = Figure::with_crew(&session, &request, &crew).map_err(|error| words::failure(&error, lang))?;
    let mut output = Output::create(&args.output, lang)?;
    output.write(&format.bytes(&figure, scale, lang)?)?;
    // The table is made before the figure is put in its place: both are there, or neither.
    if let Some((path, format)) = data {
        let mut table = Output::create(path, lang)?;
        table.write(&format.bytes(&figure, scale, lang)?)?;
        table.finish()?;
    }
    output.finish()
}

impl LookArgs {
    /// A request with what was asked for in place of what is usual.
    pub(super) fn apply(&self, request: Request, session: &Session, lang: Lang) -> Result<Request, Failure> {
        let Parts { title, legend, caption, ticks, names, scale, balls, start } = request.parts;
        let parts = Parts {
            title: title && !self.no_title,
            legend: legend && !self.no_legend,
            caption: caption && !self.no_caption,
            ticks: ticks && !self.no_axes,
            names: names && !self.no_axes,
            scale: scale && !self.no_scale,
            balls: balls && !self.no_balls,
            start,
        };
        let view = self.view.unwrap_or(request.view);
        Ok(Request {
            view,
            size: self.size(lang)?.or(request.size),
            theme: self.theme,
            lang,
            title: self.title.clone().or(request.title),
            caption: self.caption.clone().or(request.caption),
            at: self.step(session, lang)?.or(request.at),
            text: self.text(lang)?.or(request.text),
            parts,
            ..request
        })
    }

    /// The size in points.
    fn size(&self, lang: Lang) -> Result<Option<[f64; 2]>, Failure> {
        let Some(said) = &self.size else { return Ok(None) };
        size(said).map(Some).map_err(|error| match error {
            SizeError::Form => Failure::Input(fill(lang, "cli.figure.size", &[("text", said)])),
            SizeError::Range(side) => Failure::Input(fill(
                lang,
                "cli.figure.range",
                &[("text", said), ("side", &side), ("least", &SHORTEST), ("most", &LONGEST)],
            )),
        })
    }

    /// Pixels of a PNG to a point.
    fn scale(&self, lang: Lang) -> Result<f64, Failure> {
        self.scale_or(if self.size.is_some() { 1.0 } else { 2.0 }, lang)
    }

    /// Pixels to a point, where that is what is usual for a px.
    pub(super) fn scale_or(&self, usual: f64, lang: Lang) -> Result<f64, Failure> {
        let scale = match &self.scale {
            None => Some(usual),
            Some(said) => said.trim().parse::<f64>().ok().filter(|scale| (0.1..=16.0).contains(scale)),
        };
        let said = self.scale.as_deref().unwrap_or_default();
        let wrong = || Failure::Input(fill(lang, "cli.figure.scale", &[("text", &said)]));
        Ok(scale.ok_or_else(wrong)? * 96.0 / 72.0)
    }

    fn step(&self, session: &Session, lang: Lang) -> Result<Option<f64>, Failure> {
        let Some(said) = self.step.as_deref().map(str::trim) else { return Ok(None) };
        if said == "end" {
            return Ok(Some(session.last_step() as f64));
        }
        let step = said.parse::<f64>().ok().filter(|step| step.is_finite() && *step >= 0.0);
        step.map(Some).ok_or_else(|| Failure::Input(fill(lang, "cli.figure.step", &[("text", &said)])))
    }

    fn text(&self, lang: Lang) -> Result<Option<f64>, Failure> {
        let Some(said) = self.text.as_deref().map(str::trim) else { return Ok(None) };
        let size = said.parse::<f64>().ok().filter(|size| (2.0..=100.0).contains(size));
        size.map(Some).ok_or_else(|| Failure::Input(fill(lang, "cli.figure.text", &[("text", &said)])))
    }
}

/// The sentence of somebody who did not say what the figure is about.
fn nothing(lang: Lang) -> Failure {
    Failure::Input(text(lang, "cli.figure.what").to_owned())
}
