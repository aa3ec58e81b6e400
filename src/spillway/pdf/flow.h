#pragma once
// Flow: pages as they fill from the top down, and the frame all of them share. Private to pdf.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/pdf/page.h"
#include "spillway/pdf/typefaces.h"

namespace spillway::pdf {

inline constexpr double short_side = 612, long_side = 792;  // Letter
inline constexpr double side_margin = 40;

class Flow {
 public:
  /// `foot` is the height kept free for the running foot.
  Flow(const Typefaces& typefaces, double foot) : faces(typefaces), foot_(foot) {}

  void new_page(std::string running, bool landscape = false);
  /// A page like the one before.
  void next_page();

  bool empty() const { return pages.empty(); }
  /// Nothing stands on the page yet.
  bool at_top() const { return y <= top() + 0.1; }
  bool landscape() const { return pages.back().width > pages.back().height; }
  double left() const { return side_margin; }
  double right() const { return pages.back().width - side_margin; }
  double width() const { return right() - left(); }
  double top() const { return 62; }
  double bottom() const { return pages.back().height - foot_; }
  double room() const { return bottom() - y; }
  /// Height of the text area of a page.
  double depth(bool is_landscape) const { return (is_landscape ? short_side : long_side) - foot_ - top(); }

  void text(double x, double baseline, const Style& style, std::string_view text);
  void text_right(double x, double baseline, const Style& style, std::string_view text);
  void text_middle(double x, double baseline, const Style& style, std::string_view text);
  void rule(double from, double to, double at, double width, Color color);
  void box(const Box& box, Color color);
  void open(const char* element, std::string details = {}) { add(Mark{element, true, std::move(details)}); }
  void close(const char* element) { add(Mark{element, false}); }
  void add(Item item) { pages.back().items.push_back(std::move(item)); }

  const Typefaces& faces;
  std::vector<Page> pages;
  double y = 0;  ///< where the next thing goes on the last page

 private:
  double foot_;
};

inline double page_width(bool landscape) { return (landscape ? long_side : short_side) - 2 * side_margin; }

}  // namespace spillway::pdf
