//! `downhill datasets`: the catalogue of data for nets, rows drawn from it, and what a file holds.

use std::path::Path;

use clap::Args;

use super::Context;
use super::data::{How, Opened, open};
use super::failure::{Failure, say};
use super::json::Json;
use super::listing::{self, Listing, Page, localized};
use super::number::shortest;
use super::output;
use super::table::Table;
use crate::explain;
use crate::i18n::{Lang, fill, text};
use crate::nn::data::{DataEntry, Task, contact_sheet, datasets, find_dataset};
use crate::nn::{Dataset, Targets, Values};

/// Pictures side by side on a sheet.
const COLUMNS: usize = 20;

#[derive(Args)]
#[group(id = "datasets")]
pub(super) struct Arguments {
    #[command(flatten)]
    listing: listing::Arguments,
    /// Draw rows and write them as a table, or pictures as a FILE.png; said by the options below, too
    #[arg(long, requires = "id")]
    sample: bool,
    /// How many rows are drawn
    #[arg(long, value_name = "N", requires = "id")]
    rows: Option<usize>,
    /// How much is left to chance
    #[arg(long, value_name = "X", requires = "id", allow_negative_numbers = true)]
    noise: Option<f64>,
    /// How many classes, where that can be chosen
    #[arg(long, value_name = "K", requires = "id")]
    classes: Option<usize>,
    /// Which rows are drawn
    #[arg(long, value_name = "N", requires = "id")]
    seed: Option<u64>,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let entries: Vec<&DataEntry> = match &args.listing.id {
        None => datasets().iter().collect(),
        Some(id) => match find_dataset(id) {
            Ok(entry) if !args.wants_rows() => vec![entry],
            _ => return data(args, id, lang),
        },
    };
    listing::write(&Datasets, &args.listing, lang, &entries)
}

impl Arguments {
    fn wants_rows(&self) -> bool {
        let said = self.rows.is_some() || self.noise.is_some() || self.classes.is_some() || self.seed.is_some();
        self.sample || said || ["csv", "png"].iter().any(|ending| self.ends(ending))
    }

    fn ends(&self, ending: &str) -> bool {
        let path = self.listing.output.output.as_deref().and_then(Path::extension);
        path.is_some_and(|found| found.eq_ignore_ascii_case(ending))
    }
}

/// Rows of the catalogue, of a curve or of a file: written, or what there is to say of them.
fn data(args: &Arguments, text: &str, lang: Lang) -> Result<(), Failure> {
    let how = How { seed: args.seed, rows: args.rows, noise: args.noise, classes: args.classes, ..How::default() };
    let Opened { spec, split, notices } = open(text, &how, lang)?;
    notices.iter().for_each(|notice| say(notice));
    let data = &split.train;
    let task = spec.task().map_err(|error| Failure::Input(explain::data(lang, &error)))?;
    let bytes = if args.ends("png") {
        picture(data, lang)?
    } else if !args.wants_rows() {
        about(text, task, data, lang).into_bytes()
    } else if args.listing.is_json() {
        objects(&rows(data)).into_bytes()
    } else {
        rows(data).csv()?
    };
    output::write_all(&args.listing.output, lang, &bytes)
}

/// What there is to say of rows that somebody brought.
fn about(name: &str, task: Task, data: &Dataset, lang: Lang) -> String {
    let mut page = Page::new(name);
    let classes = match &data.targets {
        Targets::Numbers { .. } => String::new(),
        Targets::Classes { names, .. } => names.join(", "),
    };
    let inputs = match &data.features.values {
        Values::Numbers(_) => data.features.names.join(", "),
        Values::Pixels(_) => data.inputs().to_string(),
    };
    page.facts(&[
        (text(lang, "dataset.fact_task"), explain::task(lang, task).to_owned()),
        (text(lang, "dataset.fact_inputs"), inputs),
        (text(lang, "dataset.fact_classes"), classes),
        (text(lang, "dataset.fact_rows"), data.rows().to_string()),
        (text(lang, "dataset.fact_loss"), task.loss().name().to_owned()),
    ]);
    page.finish()
}

/// The rows as `train` reads them: inputs, then `y`, a number or the class's.
fn rows(data: &Dataset) -> Table {
    let mut header = data.features.names.clone();
    match &data.targets {
        Targets::Numbers { cols: 1, .. } | Targets::Classes { .. } => header.push("y".to_owned()),
        Targets::Numbers { cols, .. } => header.extend((1..=*cols).map(|k| format!("y{k}"))),
    }
    let mut inputs = vec![0.0; data.inputs()];
    let row = |row: usize| {
        data.row(row, &mut inputs);
        let mut cells: Vec<String> = inputs.iter().copied().map(shortest).collect();
        match &data.targets {
            Targets::Numbers { cols, values } => {
                cells.extend(values.iter().skip(row * cols).take(*cols).copied().map(shortest));
            }
            Targets::Classes { labels, .. } => cells.extend(labels.get(row).map(u32::to_string)),
        }
        cells
    };
    Table { header, rows: (0..data.rows()).map(row).collect() }
}

/// The same as a list of objects. Cells are the text of numbers.
fn objects(table: &Table) -> String {
    let object = |row: &Vec<String>| {
        let fields = table.header.iter().zip(row);
        let number = |text: &String| text.parse().map_or(Json::Null, Json::Number);
        Json::Object(fields.map(|(name, text)| (name.clone(), number(text))).collect())
    };
    format!("{}\n", Json::List(table.rows.iter().map(object).collect()))
}

/// Pictures as one picture.
fn picture(data: &Dataset, lang: Lang) -> Result<Vec<u8>, Failure> {
    let Some((width, height, pixels)) = contact_sheet(data, COLUMNS) else {
        return Err(Failure::Input(text(lang, "dataset.pictures_only").to_owned()));
    };
    let failed = |error: png::EncodingError| Failure::Machine(error.to_string());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

struct Datasets;

impl Listing for Datasets {
    type Entry = DataEntry;

    fn table(&self, entries: &[&DataEntry], lang: Lang) -> Table {
        let mut table = Table::new(["id", "name", "task", "inputs", "classes", "rows", "noise", "loss"]);
        table.rows = entries.iter().map(|entry| row(entry, lang)).collect();
        table
    }

    fn page(&self, entry: &DataEntry, lang: Lang) -> String {
        let mut page = Page::new(entry.name.get(lang));
        page.paragraph(entry.about.get(lang));
        let classes = entry.classes().map_or_else(String::new, |count| {
            if count.default == count.max {
                count.max.to_string()
            } else {
                fill(lang, "dataset.classes_up_to", &[("default", &count.default), ("max", &count.max)])
            }
        });
        let (default, max) = (shortest(entry.noise.default), shortest(entry.noise.max));
        let about = entry.noise.about.get(lang);
        let noise = fill(lang, "dataset.noise_up_to", &[("default", &default), ("max", &max), ("about", &about)]);
        let names = entry.input_names();
        let range = names.iter().zip(&entry.domain);
        let range = range.map(|(name, [low, high])| format!("{name} = {} … {}", shortest(*low), shortest(*high)));
        let inputs = if entry.digits { "28×28".to_owned() } else { names.join(", ") };
        page.facts(&[
            (text(lang, "cli.fact_id"), entry.id.clone()),
            (text(lang, "dataset.fact_task"), explain::task(lang, entry.task).to_owned()),
            (text(lang, "dataset.fact_inputs"), inputs),
            (text(lang, "dataset.fact_range"), range.collect::<Vec<_>>().join(", ")),
            (text(lang, "dataset.fact_classes"), classes),
            (text(lang, "dataset.fact_rows"), entry.rows.to_string()),
            (text(lang, "dataset.fact_noise"), noise),
            (text(lang, "dataset.fact_loss"), entry.task.loss().name().to_owned()),
        ]);
        if !entry.sample.is_empty() {
            page.block(text(lang, "dataset.row"), &entry.sample);
        }
        page.finish()
    }

    fn json(&self, entry: &DataEntry) -> Json {
        let count = |value: usize| Json::Count(value as u64);
        let classes = entry.classes().map_or(Json::Null, |classes| {
            Json::object([("default", count(classes.default)), ("max", count(classes.max))])
        });
        Json::object([
            ("id", Json::text(entry.id.as_str())),
            ("name", localized(&entry.name)),
            ("about", localized(&entry.about)),
            ("task", Json::text(entry.task.id())),
            ("inputs", count(entry.inputs())),
            ("columns", Json::List(entry.input_names().into_iter().map(Json::text).collect())),
            ("domain", Json::List(entry.domain.iter().map(|range| Json::numbers(range)).collect())),
            ("classes", classes),
            ("rows", count(entry.rows)),
            (
                "noise",
                Json::object([
                    ("default", Json::Number(entry.noise.default)),
                    ("max", Json::Number(entry.noise.max)),
                    ("about", localized(&entry.noise.about)),
                ]),
            ),
            ("loss", Json::text(entry.task.loss().name())),
            ("sample", Json::text(entry.sample.as_str())),
        ])
    }
}

fn row(entry: &DataEntry, lang: Lang) -> Vec<String> {
    vec![
        entry.id.clone(),
        entry.name.get(lang).to_owned(),
        explain::task(lang, entry.task).to_owned(),
        entry.inputs().to_string(),
        entry.classes().map_or_else(String::new, |classes| classes.default.to_string()),
        entry.rows.to_string(),
        shortest(entry.noise.default),
        entry.task.loss().name().to_owned(),
    ]
}
