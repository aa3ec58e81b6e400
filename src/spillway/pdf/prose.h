#pragma once
// Paragraphs and terms over as many pages as they need. Private to pdf.

#include <functional>
#include <string>
#include <vector>

#include "spillway/book/book.h"
#include "spillway/pdf/flow.h"

namespace spillway::pdf {

struct Measure {
  double x = 0, width = 0;  ///< of the column
  Style style;
  double leading = 12;
};

/// Sets a paragraph at the flow's place. No line stands alone at the foot or head of a page; `turned` is called after each
/// page turn. A text that starts with a number ("1. ", "(a) ") hangs from it.
void set_paragraph(Flow& flow, const Measure& measure, const std::string& text, const std::function<void()>& turned = {});

/// Sets labels beside their paragraphs.
void set_terms(Flow& flow, const std::vector<book::Term>& terms);

}  // namespace spillway::pdf
