#pragma once
// An adjustable and a fixed product, for tests of tables over tapes made by hand.

#include "spillway/pool/product.h"

namespace two_products {

/// "2/28", adjustable, and "30Yr Fixed".
inline spillway::pool::ProductTable products() {
  spillway::pool::Product arm, fixed;
  arm.name = "2/28";
  arm.adjustable = true;
  fixed.name = "30Yr Fixed";
  spillway::pool::ProductTable table;
  table.products = {arm, fixed};
  return table;
}

}  // namespace two_products
