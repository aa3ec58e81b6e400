#pragma once
// Which runs a book is made of.

#include <vector>

#include "spillway/engine/run_book.h"

namespace spillway::engine {

/// The scenarios as they stand, each at its speeds, to call and to maturity: what a reader of the book may choose from.
std::vector<RunRequest> view_requests(const Inputs& inputs);

/// Every run that a table of the plan or a view needs, each once. Break-evens search by runs of their own.
std::vector<RunRequest> book_requests(const Inputs& inputs);

}  // namespace spillway::engine
