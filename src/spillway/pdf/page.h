#pragma once
// What is drawn, before it is drawn: text, strokes, fills and marks at places of a page. Points of 1/72 inch, y runs down.
// Private to pdf.

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace spillway::pdf {

struct Color {
  double red = 0, green = 0, blue = 0;

  bool operator==(const Color&) const = default;
};

namespace ink {
inline constexpr Color text{0.10, 0.13, 0.17};
inline constexpr Color soft{0.36, 0.40, 0.45};
inline constexpr Color accent{0.09, 0.22, 0.37};
inline constexpr Color rule{0.84, 0.86, 0.89};
inline constexpr Color strong_rule{0.42, 0.48, 0.55};
inline constexpr Color band{0.955, 0.963, 0.972};
inline constexpr Color bar{0.55, 0.65, 0.76};
}  // namespace ink

enum class Face { regular, bold, italic, narrow, narrow_bold };

struct Style {
  Face face = Face::regular;
  double size = 9;
  Color color = ink::text;

  bool operator==(const Style&) const = default;
};

struct Point {
  double x = 0, y = 0;
};

/// A line of text; `at` is the left end of its baseline.
struct Text {
  Point at;
  Style style;
  std::string text;
  double width = 0;
};

struct Stroke {
  std::vector<Point> points;
  double width = 0.5;
  Color color;
  std::vector<double> dash = {};
};

struct Fill {
  std::vector<Point> points;
  Color color;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

/// Opens an element "Link": a place that leads to the anchor called `to`.
struct Link {
  Box box;
  std::string to;
};

struct Anchor {
  std::string name;
  double y = 0;
};

/// Opens or closes an element of the document's structure: "H1", "P", "Table", "TR", "TH", "TD", "Figure".
struct Mark {
  const char* element = "";
  bool opens = true;
  std::string details = {};  ///< of the element's dictionary: "/Alt (Balances)"
};

using Item = std::variant<Text, Stroke, Fill, Link, Anchor, Mark>;

struct Page {
  double width = 612, height = 792;
  std::string running;  ///< what the page belongs to: a group of sections
  std::vector<Item> items;
};

struct Bookmark {
  std::string title;
  std::string to;
  int level = 0;
};

/// A document laid out.
struct Document {
  std::string title;
  std::string date;  ///< ISO
  std::vector<Page> pages;
  std::vector<Bookmark> bookmarks;
};

}  // namespace spillway::pdf
