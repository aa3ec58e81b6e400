#pragma once
// A document laid out as the bytes of a PDF. Private to pdf.

#include <string>

#include "spillway/pdf/page.h"
#include "spillway/pdf/typefaces.h"

namespace spillway::pdf {

/// Throws InvariantViolation if the drawing library reports a failure.
std::string write(const Document& document, const Typefaces& typefaces);

}  // namespace spillway::pdf
