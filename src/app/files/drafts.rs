//! Texts that cannot be understood yet, kept beside the document: what was being typed when the window was closed is there
//! at the next start, with its mistakes.
//!
//! A file of its own, because a scenario is always whole. Racers are told by their place in the list.

use toml::{Table, Value};

use crate::session::{Command, RacerId, Session};

/// The name of the file, beside that of the document.
pub(super) const FILE: &str = "drafts.toml";

/// The drafts of a session as text; empty where there is none.
pub(super) fn write(session: &Session) -> String {
    let drafts = session.drafts();
    let mut table = Table::new();
    for (name, draft) in [("formula", &drafts.formula), ("prediction", &drafts.prediction)] {
        if let Some(draft) = draft {
            table.insert(name.to_owned(), Value::from(draft.text.as_str()));
        }
    }
    let place = |id: &RacerId| session.racers().iter().position(|racer| racer.id == *id);
    let numbered = |texts: Vec<(&RacerId, &String)>| -> Table {
        texts.into_iter().filter_map(|(id, text)| Some((place(id)?.to_string(), Value::from(text.as_str())))).collect()
    };
    let rules = numbered(drafts.rules.iter().map(|(id, draft)| (id, &draft.text)).collect());
    let schedules = numbered(drafts.schedules.iter().map(|(id, draft)| (id, &draft.text)).collect());
    for (name, texts) in [("rules", rules), ("schedules", schedules)] {
        if !texts.is_empty() {
            table.insert(name.to_owned(), Value::Table(texts));
        }
    }
    table.to_string()
}

/// Puts the drafts of a text back; whatever of it makes no sense is left out.
pub(super) fn restore(text: &str, session: &mut Session) {
    let table: Table = text.parse().unwrap_or_default();
    let word = |name: &str| table.get(name).and_then(Value::as_str).map(str::to_owned);
    let ids: Vec<RacerId> = session.racers().iter().map(|racer| racer.id).collect();
    let texts = |name: &str| -> Vec<(RacerId, String)> {
        let texts = table.get(name).and_then(Value::as_table).into_iter().flatten();
        let one = |(place, text): (&String, &Value)| {
            Some((*ids.get(place.parse::<usize>().ok()?)?, text.as_str()?.to_owned()))
        };
        texts.filter_map(one).collect()
    };
    let rules = texts("rules").into_iter().map(|(racer, text)| Command::SetRule { racer, text });
    let schedules = texts("schedules").into_iter().map(|(racer, text)| Command::SetSchedule { racer, text });
    let words = [word("prediction").map(Command::SetPrediction), word("formula").map(Command::SetFormula)];
    for command in words.into_iter().flatten().chain(rules).chain(schedules) {
        // A text that the document can no longer hold is no loss of the document.
        _ = session.apply(command);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_being_typed_comes_back_with_its_mistakes() {
        let open = || Session::on("rosenbrock", "torch/sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let mut session = open();
        assert_eq!(write(&session), "");
        let racer = session.document().selected;
        for command in [
            Command::SetFormula("sine(x)\n+ \"y\"".into()),
            Command::SetRule { racer, text: "w = w - lr*".into() },
            Command::SetSchedule { racer, text: "cosin".into() },
        ] {
            session.apply(command).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        }
        let text = write(&session);
        let mut again = open();
        restore(&text, &mut again);
        assert_eq!((again.drafts(), again.document()), (session.drafts(), session.document()));
        for broken in ["", "formula = 3\n[rules]\n9 = \"w\"\nx = \"y\"", "[[", "\u{0}"] {
            let mut untouched = open();
            restore(broken, &mut untouched);
            assert_eq!(untouched.document(), open().document(), "{broken:?}");
        }
    }
}
