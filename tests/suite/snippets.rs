//! The texts to start from compile, descend, and say something in both languages; rules of the catalogue stand alone.

use std::collections::BTreeSet;

use downhill::i18n::Lang;
use downhill::optim::{Method, OptimizerSpec, catalogue};
use downhill::session::{Command, Session, Snippet, formula_snippets, rule_snippets};
use downhill::surface::Surface;

fn said(snippets: &[Snippet]) {
    let ids: BTreeSet<&str> = snippets.iter().map(|snippet| snippet.id.as_str()).collect();
    assert!(snippets.len() >= 10 && ids.len() == snippets.len());
    for snippet in snippets {
        for lang in Lang::ALL {
            assert!(!snippet.title.get(lang).is_empty() && !snippet.note.get(lang).is_empty(), "{}", snippet.id);
        }
    }
}

#[test]
fn every_rule_to_start_from_descends() {
    said(rule_snippets());
    for snippet in rule_snippets() {
        for lang in Lang::ALL {
            let text = snippet.rule(lang);
            let spec =
                OptimizerSpec::from_rule(&text).unwrap_or_else(|problems| panic!("{}: {problems:?}", snippet.id));
            assert_eq!(spec.name.get(lang), snippet.title.get(lang), "a comment names it");
        }
        let mut session = Session::on("himmelblau", "torch/adam").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let racer = session.document().selected;
        let command = Command::ChooseRule { racer, text: snippet.rule(Lang::En) };
        session.apply(command).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", snippet.id));
        let run = session.run(racer).unwrap_or_else(|| panic!("{} has no run", snippet.id));
        let (first, last) = (run.row(0).loss, run.last().loss);
        assert!(last < first, "{}: from {first} to {last}", snippet.id);
    }
}

#[test]
fn every_formula_to_start_from_is_a_surface() {
    said(formula_snippets());
    let mut dimensions = BTreeSet::new();
    for snippet in formula_snippets() {
        let surface = Surface::from_formula(snippet.formula(), None);
        let surface = surface.unwrap_or_else(|problems| panic!("{}: {problems:?}", snippet.id));
        dimensions.insert(surface.dimension);
        let mut session = Session::on("rosenbrock", "torch/sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let chosen = session.apply(Command::ChooseFormula(snippet.formula().to_owned()));
        chosen.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", snippet.id));
        let run = session.run(session.document().selected).unwrap_or_else(|| panic!("{} has no run", snippet.id));
        assert!(run.last().loss < run.row(0).loss, "{}", snippet.id);
    }
    assert_eq!(dimensions, [1, 2].into());
}

#[test]
fn every_rule_of_the_catalogue_stands_alone_and_steps_alike() {
    for spec in catalogue().iter().filter(|spec| matches!(spec.method, Method::Rule { .. })) {
        let mut session = Session::on("himmelblau", &spec.id).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let racer = session.selected().cloned().unwrap_or_else(|| panic!("no racer"));
        let text = spec.own_text("Mine", &racer.settings).unwrap_or_else(|| panic!("{} has no text", spec.id));
        let path = |session: &Session| -> Vec<Vec<u64>> {
            let run = session.run(racer.id).unwrap_or_else(|| panic!("{} has no run", spec.id));
            run.rows().map(|row| row.w.iter().map(|w| w.to_bits()).collect()).collect()
        };
        let before = path(&session);
        assert!(session.apply(Command::SetRule { racer: racer.id, text: text.clone() }).is_ok());
        assert_eq!(session.drafts().rules.get(&racer.id), None, "{}: {text}", spec.id);
        assert!(path(&session) == before, "{} steps otherwise:\n{text}", spec.id);
        let own = session.optimizer(racer.id).unwrap_or_else(|| panic!("no optimizer"));
        let sliders: Vec<_> = own.hyperparameters.iter().skip(1).map(|h| (h.name.as_str(), h.default)).collect();
        let kept: Vec<_> =
            spec.hyperparameters.iter().zip(&racer.settings).skip(1).map(|(h, &v)| (h.name.as_str(), v)).collect();
        assert_eq!(sliders, kept, "{}", spec.id);
    }
}
