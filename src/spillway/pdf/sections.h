#pragma once
// The sections of a book, one after the other. Private to pdf.

#include <vector>

#include "spillway/book/book.h"
#include "spillway/pdf/flow.h"
#include "spillway/pdf/front.h"

namespace spillway::pdf {

/// Sets every section and says where each that has a title starts.
std::vector<Place> set_sections(Flow& flow, const book::Book& book);

}  // namespace spillway::pdf
