#pragma once
// Typefaces: the fonts of the document, how wide text is in them, where its lines break. Private to pdf.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/pdf/page.h"
#include "spillway/result/issue.h"

struct _cairo;

namespace spillway::pdf {

/// The text with spaces for control characters and U+FFFD for bytes that are not UTF-8.
std::string printable(std::string_view text);

/// True for digits and what stands between them.
bool is_figures(std::string_view text);

class Typefaces {
 public:
  /// Finds the fonts; an error for each family that is not installed.
  static result::Result<Typefaces> load();

  Typefaces(Typefaces&&) noexcept;
  Typefaces& operator=(Typefaces&&) noexcept;
  ~Typefaces();

  /// Advance of `text` in points.
  double width(Face face, double size, std::string_view text) const;

  /// The text as lines no wider than `width`, broken at spaces, else within a word; "\n" ends a line.
  std::vector<std::string> wrap(Face face, double size, std::string_view text, double width) const;

  /// The text if it is no wider than `width`, else its start with an ellipsis.
  std::string cut(Face face, double size, const std::string& text, double width) const;

  /// Draws texts of one style; more than one must be figures.
  void draw(_cairo* cairo, std::span<const Text* const> texts) const;

  /// A warning for each character asked for that no font holds.
  std::vector<result::Issue> missing() const;

 private:
  struct Fonts;
  explicit Typefaces(std::unique_ptr<Fonts> fonts);
  std::unique_ptr<Fonts> fonts_;
};

}  // namespace spillway::pdf
