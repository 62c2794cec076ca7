//! `downhill map stability`: how fast the error of a rule shrinks on a parabola, a step, for each product of rate and
//! curvature and each value of another setting. Below 1 it is stable.

use clap::Args;

use super::super::failure::Failure;
use super::super::json::Json;
use super::super::number::{self, shortest};
use super::super::race::RaceArgs;
use super::{MapOutput, Sink, axis, one, picture, size};
use crate::cli::args::Format;
use crate::descent::Contraction;
use crate::descent::map::{Axis, Varied};
use crate::i18n::{Lang, fill};
use crate::optim::Scale;
use crate::session::MapChoice;
use crate::surface::Surface;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    race: RaceArgs,
    /// The products of rate and curvature, across
    #[arg(long, value_name = "LOW..HIGH", default_value = "0..4", allow_hyphen_values = true)]
    x: String,
    /// The setting that varies up [default: the momentum, or what else there is]
    #[arg(long, value_name = "NAME=LOW..HIGH", allow_hyphen_values = true)]
    y: Option<String>,
    /// Cells across and up
    #[arg(long, value_name = "N|WxH", default_value = "256", allow_hyphen_values = true)]
    size: String,
    #[command(flatten)]
    output: MapOutput,
}

pub(super) fn run(args: &Arguments, lang: Lang) -> Result<(), Failure> {
    let racer = one(args.race.racers(lang)?, lang)?;
    let size = size(&args.size, lang)?;
    let wrong = || Failure::Input(fill(lang, "cli.map_range", &[("option", &"--x"), ("text", &args.x)]));
    let (low, high) = args.x.split_once("..").ok_or_else(wrong)?;
    let range = [number::finite("--x", low, lang)?, number::finite("--x", high, lang)?];
    if range[0] >= range[1] || range[0] < 0.0 {
        return Err(wrong());
    }
    let products = Axis { what: Varied::Hyper(0), range, scale: Scale::Linear };
    // There is no surface here: only settings have names.
    let nowhere = Surface::from_formula("x", None).map(|surface| Surface { variables: Vec::new(), ..surface });
    let nowhere = nowhere.map_err(|_| Failure::Machine("stability".to_owned()))?;
    let other = match &args.y {
        Some(text) => axis::read("--y", text, &nowhere, &racer.spec, lang)?,
        None => MapChoice::default().axes_of(&racer.spec, &[], &[])[1],
    };
    let Varied::Hyper(index @ 1..) = other.what else {
        return Err(Failure::Input(fill(lang, "cli.map_no_other", &[("id", &racer.spec.id)])));
    };
    let name = racer.spec.hyperparameters.get(index).map_or("", |hyper| hyper.name.as_str());
    let mut factors = Vec::with_capacity(size[0] * size[1]);
    for row in 0..size[1] {
        let mut settings = racer.settings.clone();
        if let Some(slot) = settings.get_mut(index) {
            *slot = other.value(row, size[1]);
        }
        let contraction = Contraction::of(&racer.spec, &settings);
        let not_linear = || Failure::Input(fill(lang, "cli.map_not_linear", &[("id", &racer.spec.id)]));
        let mut contraction = contraction.ok_or_else(not_linear)?;
        factors.extend((0..size[0]).map(|column| contraction.factor(products.value(column, size[0]))));
    }
    let mut output = args.output.open(lang)?;
    match &mut output {
        // Half a file is not left: the output that was opened is dropped.
        Sink::Vectors(..) => return Err(Failure::Input(fill(lang, "cli.map_png_only", &[]))),
        Sink::Picture(out) => out.write(&picture::factors(size, &factors, args.output.theme)?)?,
        Sink::Text(out) => {
            let json = args.output.format == Format::Json;
            let head = if json { "[".to_owned() } else { format!("rate_times_curvature,{name},factor\n") };
            out.write(head.as_bytes())?;
            for (cell, factor) in factors.iter().enumerate() {
                let product = products.value(cell % size[0], size[0]);
                let value = other.value(cell / size[0], size[1]);
                let line = if json {
                    let row = Json::Object(vec![
                        ("rate_times_curvature".to_owned(), Json::Number(product)),
                        (name.to_owned(), Json::Number(value)),
                        ("factor".to_owned(), Json::Number(*factor)),
                    ]);
                    format!("{}{row}", if cell > 0 { "," } else { "" })
                } else {
                    format!("{},{},{}\n", shortest(product), shortest(value), shortest(*factor))
                };
                out.write(line.as_bytes())?;
            }
            if json {
                out.write(b"]\n")?;
            }
        }
    }
    output.finish()
}
