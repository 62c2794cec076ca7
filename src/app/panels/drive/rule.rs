//! One's own rule: the box for it, and the ways into it from the catalogue.

use egui::{Id, Ui};

use super::{DriveAsk, DriveControls, own};
use crate::app::widgets::{Choice, Editor, Mark};
use crate::i18n::{self, Lang};
use crate::lang::Dialect;
use crate::optim;
use crate::session::rule_snippets;

/// What tells the box of a rule from another's.
fn box_of(salt: Id) -> Id {
    salt.with("rule")
}

impl DriveControls<'_> {
    /// The box, where the rule is one's own.
    pub(super) fn rule_box(&self, ui: &mut Ui) -> Option<DriveAsk> {
        let lang = self.lang;
        let shown = self.rule_text?;
        let marks: Vec<Mark> = self.rule_draft.map_or_else(Vec::new, |draft| {
            draft.problems.iter().map(|problem| Mark::of(lang, problem, &draft.text)).collect()
        });
        let known: Vec<&str> = optim::built_in().map_or_else(|_| Vec::new(), |catalogue| catalogue.words().collect());
        ui.add_space(4.0);
        let editor = Editor {
            name: i18n::text(lang, "app.rule_box"),
            salt: box_of(self.salt),
            hint: i18n::text(lang, "app.rule_hint"),
            example: "w = w - lr*g",
            dialect: Some(Dialect::Rule(&known)),
            marks: &marks,
            rows: 3,
            lines: true,
        };
        editor.show(ui, lang, shown).map(DriveAsk::RuleText)
    }

    /// The present rule as a text of one's own, where it can be written.
    fn as_text(&self) -> Option<String> {
        self.spec.own_text(self.spec.name.get(self.lang), self.settings)
    }

    /// Whether there is a way into a text of one's own.
    pub(in crate::app) fn can_be_edited(&self) -> bool {
        self.rule_text.is_none() && self.as_text().is_some()
    }

    /// The way into it: the box has the focus then.
    pub(in crate::app) fn edit(&self, ui: &Ui) -> Option<DriveAsk> {
        let text = self.as_text()?;
        Editor::grab_focus(ui.ctx(), box_of(self.salt));
        Some(DriveAsk::RuleText(text))
    }

    /// Does what the entry of that place among [`choices`] says.
    pub(super) fn choose_own(&self, ui: &Ui, index: usize) -> Option<DriveAsk> {
        let plain = rule_snippets().first();
        let (snippet, own) = match index {
            0 => (plain, true),
            index => (rule_snippets().get(index - 1), false),
        };
        let snippet = snippet?;
        Editor::grab_focus(ui.ctx(), box_of(self.salt));
        // To write one's own is to go on with the present rule, where there is one that can be written.
        let present = self.as_text().filter(|_| own).map(DriveAsk::RuleText);
        Some(present.unwrap_or_else(|| DriveAsk::Rule(snippet.rule(self.lang))))
    }
}

/// The first entries of the chooser: a rule of one's own, and rules to start from.
pub(super) fn choices(lang: Lang) -> Vec<Choice<'static>> {
    let (write, hint) = (i18n::text(lang, "app.write_rule"), i18n::text(lang, "app.rule_hint"));
    own::choices(lang, write, hint, rule_snippets())
}
