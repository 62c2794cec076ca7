//! `downhill presets`: the prepared figures.

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::json::Json;
use crate::cli::listing::{self, Arguments, Listing, Page, localized};
use crate::cli::table::Table;
use crate::figure::{Preset, find, presets};
use crate::i18n::{Lang, fill, text};

pub(in crate::cli) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let entries: Vec<&Preset> = match &args.id {
        None => presets().iter().collect(),
        Some(id) => vec![find(id).map_err(|unknown| {
            let said = fill(lang, "cli.figure.no_preset", &[("id", id)]);
            let near = unknown.suggestions.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            let cure = if near.is_empty() {
                text(lang, "cli.figure.list").to_owned()
            } else {
                fill(lang, "cli.figure.meant", &[("names", &near)])
            };
            Failure::Input(format!("{said}; {cure}"))
        })?],
    };
    listing::write(&Presets, args, lang, &entries)
}

struct Presets;

impl Listing for Presets {
    type Entry = Preset;

    fn table(&self, entries: &[&Preset], lang: Lang) -> Table {
        let mut table = Table::new(["id", "view", "about"]);
        let row = |preset: &&Preset| {
            vec![preset.id.to_owned(), preset.view().id().to_owned(), preset.about().get(lang).to_owned()]
        };
        table.rows = entries.iter().map(row).collect();
        table
    }

    fn page(&self, preset: &Preset, lang: Lang) -> String {
        let mut page = Page::new(preset.title().get(lang));
        page.paragraph(preset.about().get(lang));
        page.paragraph(&preset.request(lang, Default::default()).caption.unwrap_or_default());
        page.facts(&[
            (text(lang, "cli.fact_id"), preset.id.to_owned()),
            (text(lang, "cli.figure.fact_view"), preset.view().id().to_owned()),
            (text(lang, "cli.figure.draw"), format!("downhill figure {} -o {0}.svg", preset.id)),
        ]);
        page.finish()
    }

    fn json(&self, preset: &Preset) -> Json {
        Json::object([
            ("id", Json::text(preset.id)),
            ("view", Json::text(preset.view().id())),
            ("title", localized(preset.title())),
            ("about", localized(preset.about())),
        ])
    }
}
