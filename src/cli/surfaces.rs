//! `downhill surfaces`: the catalogue of loss surfaces.

use super::Context;
use super::failure::Failure;
use super::json::Json;
use super::listing::{self, Arguments, Listing, Page, localized};
use super::number::shortest;
use super::table::Table;
use crate::explain;
use crate::i18n::{Lang, text};
use crate::lang::{derivative, print_display};
use crate::surface::{Critical, CriticalKind, Surface, catalogue, find};

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let entries: Vec<&Surface> = match &args.id {
        None => catalogue().iter().collect(),
        Some(id) => {
            vec![find(id).map_err(|unknown| Failure::Input(explain::unknown_surface(context.lang, &unknown)))?]
        }
    };
    listing::write(&Surfaces, args, context.lang, &entries)
}

struct Surfaces;

impl Listing for Surfaces {
    type Entry = Surface;

    fn table(&self, entries: &[&Surface], lang: Lang) -> Table {
        let mut table = Table::new(["id", "name", "dimension", "start", "lr", "formula"]);
        table.rows = entries.iter().map(|surface| row(surface, lang)).collect();
        table
    }

    fn page(&self, surface: &Surface, lang: Lang) -> String {
        let mut page = Page::new(surface.name.get(lang));
        page.paragraph(surface.lesson.get(lang));
        page.paragraph(surface.note.as_ref().map_or("", |note| note.get(lang)));
        page.paragraph(&format!("f({}) = {}", surface.variables.join(", "), surface.source));
        let slopes = surface.variables.iter().filter_map(|variable| {
            let slope = derivative(&surface.formula.body, variable)?;
            Some(format!("∂f/∂{variable} = {}", print_display(&slope)))
        });
        let domain = surface.variables.iter().zip(&surface.domain);
        let domain = domain.map(|(v, [lo, hi])| format!("{v} = {} … {}", shortest(*lo), shortest(*hi)));
        let momentum = if surface.momentum == 0.0 { String::new() } else { shortest(surface.momentum) };
        page.paragraph(&slopes.collect::<Vec<_>>().join("\n"));
        page.facts(&[
            (text(lang, "cli.fact_id"), surface.id.clone().unwrap_or_default()),
            (text(lang, "cli.fact_domain"), domain.collect::<Vec<_>>().join(", ")),
            (text(lang, "cli.fact_start"), point(&surface.start)),
            (text(lang, "cli.fact_rate"), shortest(surface.lr)),
            (text(lang, "cli.fact_momentum"), momentum),
            (text(lang, "cli.fact_tags"), surface.tags.join(", ")),
            (text(lang, "cli.fact_source"), surface.citation.clone().unwrap_or_default()),
        ]);
        let mut table = Table::localized(lang, &["cli.column_kind", "cli.column_at", "cli.column_value"]);
        for critical in surface.critical_points() {
            let kind = text(lang, kind_key(critical.kind)).to_owned();
            table.rows.push(vec![kind, point(&critical.at), shortest(critical.value)]);
        }
        page.table(text(lang, "cli.critical_points"), &table);
        page.finish()
    }

    fn json(&self, surface: &Surface) -> Json {
        let points = |list: &[Critical]| Json::List(list.iter().map(critical).collect());
        Json::object([
            ("id", Json::optional(surface.id.as_deref())),
            ("name", localized(&surface.name)),
            ("category", Json::optional(surface.category.as_deref())),
            ("dimension", Json::Count(surface.dimension as u64)),
            ("variables", texts(&surface.variables)),
            ("formula", Json::text(surface.source.as_str())),
            ("domain", Json::List(surface.domain.iter().map(|range| Json::numbers(range)).collect())),
            ("tags", texts(&surface.tags)),
            ("start", Json::numbers(&surface.start)),
            ("lr", Json::Number(surface.lr)),
            ("momentum", Json::Number(surface.momentum)),
            ("lesson", localized(&surface.lesson)),
            ("note", surface.note.as_ref().map_or(Json::Null, localized)),
            ("citation", Json::optional(surface.citation.as_deref())),
            ("minima", points(&surface.minima)),
            ("maxima", points(&surface.maxima)),
            ("saddles", points(&surface.saddles)),
        ])
    }
}

fn row(surface: &Surface, lang: Lang) -> Vec<String> {
    vec![
        surface.id.clone().unwrap_or_default(),
        surface.name.get(lang).to_owned(),
        surface.dimension.to_string(),
        point(&surface.start),
        shortest(surface.lr),
        surface.source.lines().collect::<Vec<_>>().join("; "),
    ]
}

fn texts(texts: &[String]) -> Json {
    Json::List(texts.iter().map(|text| Json::text(text.as_str())).collect())
}

fn critical(point: &Critical) -> Json {
    let kind = match point.kind {
        CriticalKind::Global => "global",
        CriticalKind::Local => "local",
        CriticalKind::Maximum => "maximum",
        CriticalKind::Saddle => "saddle",
    };
    Json::object([("at", Json::numbers(&point.at)), ("value", Json::Number(point.value)), ("kind", Json::text(kind))])
}

fn kind_key(kind: CriticalKind) -> &'static str {
    match kind {
        CriticalKind::Global => "cli.kind_global",
        CriticalKind::Local => "cli.kind_local",
        CriticalKind::Maximum => "cli.kind_maximum",
        CriticalKind::Saddle => "cli.kind_saddle",
    }
}

/// `1,-2`, as `--start` takes it.
fn point(at: &[f64]) -> String {
    at.iter().copied().map(shortest).collect::<Vec<_>>().join(",")
}
