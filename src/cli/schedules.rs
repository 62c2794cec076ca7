//! `downhill schedules`: the catalogue of learning-rate schedules.

use super::Context;
use super::failure::Failure;
use super::json::Json;
use super::listing::{self, Arguments, Listing, Page, localized};
use super::table::Table;
use crate::explain;
use crate::i18n::{Lang, text};
use crate::schedule::{Kind, Param, ParamKind, catalogue, find};

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let entries: Vec<&Kind> = match &args.id {
        None => catalogue().iter().collect(),
        Some(id) => {
            vec![find(id).map_err(|problem| Failure::Input(explain::schedule_problem(context.lang, &problem)))?]
        }
    };
    listing::write(&Schedules, args, context.lang, &entries)
}

struct Schedules;

impl Listing for Schedules {
    type Entry = Kind;

    fn table(&self, entries: &[&Kind], lang: Lang) -> Table {
        let mut table = Table::new(["id", "name", "arguments"]);
        table.rows = entries
            .iter()
            .map(|kind| {
                let arguments = kind.params.iter().map(argument).collect::<Vec<_>>().join(" ");
                vec![kind.id.clone(), kind.name.get(lang).to_owned(), arguments]
            })
            .collect();
        table
    }

    fn page(&self, kind: &Kind, lang: Lang) -> String {
        let mut page = Page::new(&format!("{} ({})", kind.name.get(lang), kind.id));
        page.paragraph(kind.meaning.get(lang));
        if let Some(source) = &kind.text {
            page.block(text(lang, "cli.schedule_text"), source);
        }
        let mut table = Table::localized(lang, &["cli.column_argument", "cli.column_default", "cli.column_meaning"]);
        table.rows = kind
            .params
            .iter()
            .map(|param| {
                let default = param.default.clone().unwrap_or_else(|| "–".to_owned());
                vec![param.name.clone(), default, param.meaning.get(lang).to_owned()]
            })
            .collect();
        page.table(text(lang, "cli.arguments"), &table);
        page.block(text(lang, "cli.example"), &kind.example());
        page.finish()
    }

    fn json(&self, kind: &Kind) -> Json {
        Json::object([
            ("id", Json::text(kind.id.as_str())),
            ("name", localized(&kind.name)),
            ("framework", Json::optional(kind.framework())),
            ("meaning", localized(&kind.meaning)),
            ("text", Json::optional(kind.text.as_deref())),
            ("watches_metric", Json::Bool(kind.watches_metric())),
            ("arguments", Json::List(kind.params.iter().map(param).collect())),
            ("example", Json::text(kind.example())),
        ])
    }
}

fn param(param: &Param) -> Json {
    let kind = match param.kind {
        ParamKind::Number => "number",
        ParamKind::Count { .. } => "count",
        ParamKind::Switch => "switch",
        ParamKind::Choice(_) => "choice",
        ParamKind::List { .. } => "list",
        ParamKind::Pairs => "pairs",
        ParamKind::Formula => "formula",
        ParamKind::Schedules => "schedules",
    };
    Json::object([
        ("name", Json::text(param.name.as_str())),
        ("kind", Json::text(kind)),
        ("meaning", localized(&param.meaning)),
        ("default", Json::optional(param.default.as_deref())),
        ("optional", Json::Bool(param.optional || param.default.is_some())),
    ])
}

/// `gamma=0.1`, `step_size` for a required one, `[total]` for one that may be left out.
fn argument(param: &Param) -> String {
    match &param.default {
        Some(default) => format!("{}={default}", param.name),
        None if param.optional => format!("[{}]", param.name),
        None => param.name.clone(),
    }
}
