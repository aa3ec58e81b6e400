#include "spillway/pdf/typefaces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

namespace spillway::pdf {

namespace {

constexpr std::array families{"Liberation Sans", "Liberation Sans Narrow"};
constexpr double reference_size = 100;  // widths are measured at this and scaled: no font is hinted
constexpr std::size_t faces = 5;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* held) const {
    release(held);
  }
};
using Config = std::unique_ptr<FcConfig, Release<FcConfigDestroy>>;
using Pattern = std::unique_ptr<FcPattern, Release<FcPatternDestroy>>;
using Keys = std::unique_ptr<FcObjectSet, Release<FcObjectSetDestroy>>;
using Found = std::unique_ptr<FcFontSet, Release<FcFontSetDestroy>>;
// A font map does not let go of its configuration by itself.
void release_map(PangoFontMap* map) {
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), nullptr);
  g_object_unref(map);
}
using Map = std::unique_ptr<PangoFontMap, Release<release_map>>;
using Context = std::unique_ptr<PangoContext, Release<g_object_unref>>;
using Layout = std::unique_ptr<PangoLayout, Release<g_object_unref>>;
using Description = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Release<cairo_font_options_destroy>>;

// Adds the family's files to `chosen`; false if there are none.
bool add_family(FcConfig* installed, FcConfig* chosen, const char* family) {
  const Pattern wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  const Keys keys(FcObjectSetBuild(FC_FILE, nullptr));
  const Found found(FcFontList(installed, wanted.get(), keys.get()));
  std::set<std::string> files;
  for (int i = 0; found && i < found->nfont; ++i) {
    FcChar8* file = nullptr;
    if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &file) == FcResultMatch) files.insert(reinterpret_cast<char*>(file));
  }
  for (const auto& file : files) FcConfigAppFontAddFile(chosen, reinterpret_cast<const FcChar8*>(file.c_str()));
  return !files.empty();
}

Description description(Face face, double size) {
  Description made(pango_font_description_new());
  const bool narrow = face == Face::narrow || face == Face::narrow_bold;
  const bool bold = face == Face::bold || face == Face::narrow_bold;
  pango_font_description_set_family_static(made.get(), families[narrow ? 1 : 0]);
  pango_font_description_set_weight(made.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(made.get(), face == Face::italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_font_description_set_absolute_size(made.get(), std::round(size * PANGO_SCALE));
  return made;
}

}  // namespace

// Figures stand in columns, so they are set without kerning, which pulls "11" together.
bool is_figures(std::string_view text) {
  return text.find_first_not_of("0123456789.,$%-+()/ ") == std::string_view::npos;
}

struct Typefaces::Fonts {
  Config config;
  Map map;
  Context context;
  Layout layout;
  struct Glyph {
    unsigned long index = 0;
    double advance = 0;  ///< at the reference size
  };
  std::array<std::array<Glyph, 128>, faces> figures{};
  std::map<std::pair<Face, double>, std::pair<Description, PangoFont*>> sizes;
  std::array<std::unordered_map<std::string, double>, faces> widths;  ///< at the reference size
  std::set<std::string> missing;

  ~Fonts() {
    for (auto& [key, font] : sizes) g_object_unref(font.second);
  }

  const std::pair<Description, PangoFont*>& at(Face face, double size) {
    auto& entry = sizes[{face, size}];
    if (!entry.second) {
      entry.first = description(face, size);
      entry.second = pango_font_map_load_font(map.get(), context.get(), entry.first.get());
    }
    return entry;
  }

  void set_layout(Face face, double size, std::string_view given) {
    const std::string text = printable(given);
    pango_layout_set_font_description(layout.get(), at(face, size).first.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) note_missing(face, text);
  }

  void note_missing(Face face, std::string_view text) {
    auto* font = PANGO_FC_FONT(at(face, reference_size).second);
    for (const char* from = text.data(); from < text.data() + text.size();) {
      const char* to = g_utf8_next_char(from);
      const gunichar code = g_utf8_get_char(from);
      if (code > ' ' && pango_fc_font_get_glyph(font, code) == 0) missing.emplace(from, static_cast<std::size_t>(to - from));
      from = to;
    }
  }

  void measure_figures(Face face) {
    PangoFont* font = at(face, reference_size).second;
    for (const char c : std::string_view("0123456789.,$%-+()/ ")) {
      const unsigned index = pango_fc_font_get_glyph(PANGO_FC_FONT(font), static_cast<gunichar>(c));
      PangoRectangle logical;
      pango_font_get_glyph_extents(font, index, nullptr, &logical);
      figures[static_cast<std::size_t>(face)][static_cast<std::size_t>(c)] = {index, logical.width / static_cast<double>(PANGO_SCALE)};
    }
  }
};

std::string printable(std::string_view text) {
  std::string made;
  for (const char* at = text.data(); at < text.data() + text.size();) {
    const char* end = nullptr;
    g_utf8_validate(at, text.data() + text.size() - at, &end);
    made.append(at, end);
    at = end;
    if (at == text.data() + text.size()) break;
    made += "\xEF\xBF\xBD";
    ++at;
  }
  for (char& c : made) {
    if ((c >= 0 && c < ' ') || c == 127) c = ' ';
  }
  return made;
}

Typefaces::Typefaces(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
Typefaces::Typefaces(Typefaces&&) noexcept = default;
Typefaces& Typefaces::operator=(Typefaces&&) noexcept = default;
Typefaces::~Typefaces() = default;

result::Result<Typefaces> Typefaces::load() {
  auto fonts = std::make_unique<Fonts>();
  const Config installed(FcInitLoadConfigAndFonts());
  fonts->config.reset(FcConfigCreate());  // of these fonts alone, so that nothing else of the machine shows
  std::vector<result::Issue> issues;
  for (const char* family : families) {
    if (add_family(installed.get(), fonts->config.get(), family)) continue;
    issues.push_back(result::error({}, std::string("the font ") + family + " of the PDF is not installed",
                                   "install the Debian package fonts-liberation, or leave pdf out of the formats"));
  }
  if (!issues.empty()) return {std::nullopt, std::move(issues)};

  fonts->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map.get()), fonts->config.get());
  fonts->context.reset(pango_font_map_create_context(fonts->map.get()));
  const FontOptions options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(fonts->context.get(), options.get());
  pango_context_set_round_glyph_positions(fonts->context.get(), FALSE);
  pango_context_set_language(fonts->context.get(), pango_language_from_string("en"));
  fonts->layout.reset(pango_layout_new(fonts->context.get()));
  pango_layout_set_single_paragraph_mode(fonts->layout.get(), TRUE);
  for (std::size_t face = 0; face < faces; ++face) fonts->measure_figures(static_cast<Face>(face));
  return {Typefaces(std::move(fonts)), {}};
}

double Typefaces::width(Face face, double size, std::string_view text) const {
  const auto f = static_cast<std::size_t>(face);
  double width = 0;
  if (is_figures(text)) {
    for (const char c : text) width += fonts_->figures[f][static_cast<std::size_t>(c)].advance;
  } else {
    const auto [entry, fresh] = fonts_->widths[f].try_emplace(std::string(text), 0.0);
    if (fresh) {
      fonts_->set_layout(face, reference_size, text);
      PangoRectangle logical;
      pango_layout_get_extents(fonts_->layout.get(), nullptr, &logical);
      entry->second = logical.width / static_cast<double>(PANGO_SCALE);
    }
    width = entry->second;
  }
  return width * size / reference_size;
}

namespace {

// The longest start of `word`, of whole characters and at least one, that is no wider than `width`.
std::size_t start_that_fits(const Typefaces& typefaces, Face face, double size, std::string_view word, double width) {
  std::size_t kept = 0;
  for (std::size_t end = 1; end <= word.size(); ++end) {
    if (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) continue;
    if (kept > 0 && typefaces.width(face, size, word.substr(0, end)) > width) break;
    kept = end;
  }
  return kept;
}

}  // namespace

std::string Typefaces::cut(Face face, double size, const std::string& text, double width) const {
  if (this->width(face, size, text) <= width) return text;
  return text.substr(0, start_that_fits(*this, face, size, text, width - this->width(face, size, "…"))) + "…";
}

std::vector<std::string> Typefaces::wrap(Face face, double size, std::string_view text, double width) const {
  std::vector<std::string> lines;
  const double space = this->width(face, size, " ");
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line;
    double used = 0;
    for (std::size_t at = start; at < end;) {
      const std::size_t stop = std::min(text.find(' ', at), end);
      std::string_view word = text.substr(at, stop - at);
      at = stop + 1;
      double wide = this->width(face, size, word);
      if (!line.empty() && used + space + wide > width) {
        lines.push_back(std::exchange(line, {}));
        used = 0;
      }
      while (wide > width) {
        const std::size_t kept = start_that_fits(*this, face, size, word, width);
        if (kept >= word.size()) break;
        lines.emplace_back(word.substr(0, kept));
        word.remove_prefix(kept);
        wide = this->width(face, size, word);
      }
      used += wide + (line.empty() ? 0 : space);
      if (!line.empty()) line += ' ';
      line += word;
    }
    lines.push_back(std::move(line));
    start = end + 1;
  }
  return lines;
}

void Typefaces::draw(_cairo* cairo, std::span<const Text* const> texts) const {
  const Text& first = *texts.front();
  const Style& style = first.style;
  cairo_set_source_rgb(cairo, style.color.red, style.color.green, style.color.blue);
  if (!is_figures(first.text)) {
    fonts_->set_layout(style.face, style.size, first.text);
    cairo_move_to(cairo, first.at.x, first.at.y);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(fonts_->layout.get(), 0));
    return;
  }
  std::array<cairo_glyph_t, 256> glyphs;
  std::size_t count = 0;
  cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(fonts_->at(style.face, style.size).second)));
  for (const Text* text : texts) {
    double x = text->at.x;
    for (const char c : text->text) {
      const auto& glyph = fonts_->figures[static_cast<std::size_t>(style.face)][static_cast<std::size_t>(c)];
      glyphs[count++] = {glyph.index, x, text->at.y};
      x += glyph.advance * style.size / reference_size;
      if (count == glyphs.size()) cairo_show_glyphs(cairo, glyphs.data(), static_cast<int>(std::exchange(count, 0)));
    }
  }
  cairo_show_glyphs(cairo, glyphs.data(), static_cast<int>(count));
}

std::vector<result::Issue> Typefaces::missing() const {
  std::vector<result::Issue> issues;
  for (const auto& character : fonts_->missing) {
    issues.push_back(result::warning({}, "the font of the PDF has no character " + character, "write it otherwise in the deal's texts"));
  }
  return issues;
}

}  // namespace spillway::pdf
