//! `downhill optimizers`: the catalogue of update rules and native methods.

use super::Context;
use super::failure::Failure;
use super::json::Json;
use super::listing::{self, Arguments, Listing, Page, localized};
use super::number::shortest;
use super::table::Table;
use crate::explain;
use crate::i18n::{Lang, text};
use crate::optim::{Hyperparameter, OptimizerSpec, Scale, catalogue, find};

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let entries: Vec<&OptimizerSpec> = match &args.id {
        None => catalogue().iter().collect(),
        Some(id) => {
            vec![find(id).map_err(|unknown| Failure::Input(explain::unknown_optimizer(context.lang, &unknown)))?]
        }
    };
    listing::write(&Optimizers, args, context.lang, &entries)
}

struct Optimizers;

impl Listing for Optimizers {
    type Entry = OptimizerSpec;

    fn table(&self, entries: &[&OptimizerSpec], lang: Lang) -> Table {
        let mut table = Table::new(["id", "name", "settings"]);
        table.rows = entries
            .iter()
            .map(|spec| {
                let settings = spec.hyperparameters.iter().map(|h| format!("{}={}", h.name, default(h)));
                vec![spec.id.clone(), spec.name.get(lang).to_owned(), settings.collect::<Vec<_>>().join(" ")]
            })
            .collect();
        table
    }

    fn page(&self, spec: &OptimizerSpec, lang: Lang) -> String {
        let mut page = Page::new(&format!("{} ({})", spec.name.get(lang), spec.id));
        page.paragraph(spec.note.get(lang));
        if let Some(source) = spec.source() {
            page.block(text(lang, "cli.update_rule"), source);
        }
        let mut table = Table::localized(
            lang,
            &[
                "cli.column_setting",
                "cli.column_symbol",
                "cli.column_default",
                "cli.column_range",
                "cli.column_meaning",
            ],
        );
        table.rows = spec
            .hyperparameters
            .iter()
            .map(|h| {
                let range = match h.scale {
                    Scale::Switch => "false, true".to_owned(),
                    _ => format!("{} … {}", shortest(h.range[0]), shortest(h.range[1])),
                };
                vec![h.name.clone(), h.symbol.clone(), default(h), range, h.meaning.get(lang).to_owned()]
            })
            .collect();
        page.table(text(lang, "cli.settings"), &table);
        page.finish()
    }

    fn json(&self, spec: &OptimizerSpec) -> Json {
        Json::object([
            ("id", Json::text(spec.id.as_str())),
            ("name", localized(&spec.name)),
            ("framework", Json::optional(spec.framework())),
            ("note", localized(&spec.note)),
            ("rate", Json::text(spec.rate.as_str())),
            ("rule", Json::optional(spec.source())),
            ("hyperparameters", Json::List(spec.hyperparameters.iter().map(hyperparameter).collect())),
        ])
    }
}

fn hyperparameter(h: &Hyperparameter) -> Json {
    let scale = match h.scale {
        Scale::Linear => "linear",
        Scale::Log => "log",
        Scale::OneMinus => "one_minus",
        Scale::Integer => "integer",
        Scale::Switch => "switch",
    };
    let default = if h.scale == Scale::Switch { Json::Bool(h.default != 0.0) } else { Json::Number(h.default) };
    Json::object([
        ("name", Json::text(h.name.as_str())),
        ("symbol", Json::text(h.symbol.as_str())),
        ("meaning", localized(&h.meaning)),
        ("scale", Json::text(scale)),
        ("range", Json::numbers(&h.range)),
        ("default", default),
    ])
}

/// As `--set` takes it.
fn default(h: &Hyperparameter) -> String {
    if h.scale == Scale::Switch { (h.default != 0.0).to_string() } else { shortest(h.default) }
}
