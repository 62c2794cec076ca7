//! From the table of tokens to egui's style: what the toolkit draws by itself looks like the rest.

use egui::epaint::Shadow;
use egui::style::{HandleShape, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Id, Margin, Stroke, TextStyle, vec2};

use super::{Theme, ThemeName, sizes};

/// Makes all themes' styles the context's and chooses one.
pub fn apply(ctx: &Context, name: ThemeName) {
    for name in [ThemeName::Dark, ThemeName::Light] {
        ctx.style_mut_of(kind(name), |style| restyle(style, Theme::get(name)));
    }
    choose(ctx, name);
}

/// Chooses a theme for what is drawn from now on, at the sizes in force.
pub fn choose(ctx: &Context, name: ThemeName) {
    ctx.style_mut_of(kind(name), |style| restyle(style, Theme::get(name)));
    ctx.set_theme(kind(name));
    ctx.data_mut(|data| data.insert_temp(Id::unique("theme"), name));
}

/// The theme that was chosen; what the toolkit says where none was.
pub fn chosen(ctx: &Context) -> ThemeName {
    let name = ctx.data(|data| data.get_temp(Id::unique("theme")));
    name.unwrap_or_else(|| if ctx.global_style().visuals.dark_mode { ThemeName::Dark } else { ThemeName::Light })
}

/// The toolkit knows two kinds of themes.
fn kind(name: ThemeName) -> egui::Theme {
    if Theme::get(name).dark { egui::Theme::Dark } else { egui::Theme::Light }
}

fn restyle(style: &mut egui::Style, theme: &Theme) {
    let size = sizes();
    let text = |points| FontId::new(points, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, text(size.caption)),
        (TextStyle::Body, text(size.body)),
        (TextStyle::Button, text(size.body)),
        (TextStyle::Heading, text(size.title)),
        (TextStyle::Monospace, FontId::new(size.number, FontFamily::Monospace)),
    ]
    .into();
    style.drag_value_text_style = TextStyle::Monospace;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 4.0);
    spacing.interact_size = vec2(24.0, 24.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.combo_height = 480.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = ScrollStyle { bar_width: 8.0, floating_width: 4.0, ..ScrollStyle::floating() };

    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style.animation_time = 0.12;

    let shadow = Shadow { offset: [0, 8], blur: 24, spread: 0, color: theme.shadow };
    let mut visuals = if theme.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    visuals.widgets = widgets(theme);
    visuals.selection = Selection { bg_fill: theme.accent_soft, stroke: Stroke::new(1.0, theme.text) };
    visuals.hyperlink_color = theme.accent;
    visuals.faint_bg_color = theme.raised;
    visuals.extreme_bg_color = theme.canvas;
    visuals.code_bg_color = theme.canvas;
    visuals.warn_fg_color = theme.warn;
    visuals.error_fg_color = theme.bad;
    visuals.weak_text_color = Some(theme.muted);
    visuals.panel_fill = theme.panel;
    visuals.window_fill = theme.panel;
    visuals.window_stroke = Stroke::new(1.0, theme.line_strong);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.text_cursor.stroke = Stroke::new(1.5, theme.accent);
    visuals.handle_shape = HandleShape::Circle;
    visuals.disabled_alpha = 0.45;
    style.visuals = visuals;
}

fn widgets(theme: &Theme) -> Widgets {
    let widget = |fill: Color32, outline: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, outline),
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: widget(theme.panel, theme.line, theme.text),
        inactive: widget(theme.raised, theme.line, theme.text),
        hovered: widget(theme.raised_hover, theme.line_strong, theme.text),
        active: widget(theme.raised_active, theme.accent, theme.text),
        open: widget(theme.raised_hover, theme.line_strong, theme.text),
    }
}
