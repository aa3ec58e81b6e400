#pragma once
// What stands before the sections: cover and contents. Private to pdf.

#include <string>
#include <vector>

#include "spillway/book/book.h"
#include "spillway/pdf/flow.h"

namespace spillway::pdf {

/// Cover with parties and notices; notices that do not fit go on overleaf.
void set_cover(Flow& flow, const book::Book& book);

/// A line of the contents: where a section stands.
struct Place {
  std::string group, title, anchor;
  std::size_t page = 0;  ///< position among the pages of the sections
};

/// Contents, with page numbers that start at `first` for page 0 of the sections: on the page if they have room, else from the
/// next on.
void set_contents(Flow& flow, const std::vector<Place>& places, std::size_t first);

}  // namespace spillway::pdf
