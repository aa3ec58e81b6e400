#include "spillway/waterfall/record.h"

namespace spillway::waterfall {

Record Record::cash() {
  Record made = payments();
  made.class_series |= 1u << deal::class_beginning | 1u << deal::class_rate;
  return made;
}

Record Record::payments() {
  Record made;
  made.class_series = 0;
  for (const deal::ClassSlot kept :
       {deal::class_interest_paid, deal::class_unpaid_interest_paid, deal::class_basis_risk_paid, deal::class_principal_paid,
        deal::class_allocated_loss_paid, deal::class_premium_paid, deal::class_balance}) {
    made.class_series |= 1u << kept;
  }
  made.quantities = made.totals = false;
  return made;
}

Record Record::classes() {
  Record made;
  made.quantities = made.totals = false;
  return made;
}

}  // namespace spillway::waterfall
