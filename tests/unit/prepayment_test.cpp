#include <gtest/gtest.h>

#include <cmath>

#include "spillway/assumptions/scenario.h"

using namespace spillway::assumptions;

namespace {

// CPR that a curve stands for in a month of age.
double cpr_at(const Prepayment& curve, int age, double speed = 1.0, int period = 1) {
  return cpr_from_smm(smm(curve, age, period, speed));
}

// 100% PPC of Impac's fixed-rate loans, p. 5: "2% CPR in the first month, an additional 18/11% in each month to 20% in month 12".
const Ramp ppc{0.02, 0.20, 12};

}  // namespace

TEST(Smm, leaves_a_year_of_survival_equal_to_one_less_the_cpr) {
  EXPECT_NEAR(smm_from_cpr(0.06), 0.005143, 5e-7);  // BMA Standard Formulas, p. SF-5: 6% CPR is 0.5143% SMM
  EXPECT_NEAR(std::pow(1.0 - smm_from_cpr(0.30), 12), 0.70, 1e-15);
  EXPECT_DOUBLE_EQ(smm_from_cpr(0.0), 0.0);
  EXPECT_DOUBLE_EQ(smm_from_cpr(1.0), 1.0);
  EXPECT_DOUBLE_EQ(smm_from_cpr(1.8), 1.0);
  EXPECT_NEAR(cpr_from_smm(smm_from_cpr(0.123)), 0.123, 1e-15);
}

TEST(Ppc, rises_from_2_to_20_percent_over_twelve_months_of_loan_age) {
  EXPECT_NEAR(cpr_at(ppc, 1), 0.02, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 2), 0.02 + 0.18 / 11, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 6), 0.02 + 5 * 0.18 / 11, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 11), 0.20 - 0.18 / 11, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 12), 0.20, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 200), 0.20, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 0), 0.02, 1e-14);
}

TEST(Ppc, goes_by_loan_age_whatever_the_deal_period) {
  EXPECT_DOUBLE_EQ(smm(ppc, 3, 1, 1.0), smm(ppc, 3, 50, 1.0));
}

TEST(Ramp, of_one_month_is_flat) { EXPECT_NEAR(cpr_at(Ramp{0.02, 0.20, 1}, 1), 0.20, 1e-14); }

TEST(Psa, is_a_fifth_of_a_percent_a_month_to_six_percent_in_month_thirty) {
  EXPECT_NEAR(cpr_at(Psa{1.0}, 1), 0.002, 1e-14);
  EXPECT_NEAR(cpr_at(Psa{1.0}, 29), 0.058, 1e-14);
  EXPECT_NEAR(cpr_at(Psa{1.0}, 30), 0.06, 1e-14);
  EXPECT_NEAR(cpr_at(Psa{1.0}, 300), 0.06, 1e-14);
  EXPECT_NEAR(cpr_at(Psa{1.5}, 20), 0.06, 1e-14);  // 150% PSA in month 20: 1.5 x 4%
  EXPECT_NEAR(cpr_at(Psa{1.5}, 20, 2.0), 0.12, 1e-14);
  EXPECT_DOUBLE_EQ(smm(Psa{1.0}, 0, 1, 1.0), 0.0);
}

TEST(Speed, multiplies_the_curves_own_measure) {
  EXPECT_NEAR(cpr_at(Cpr{0.30}, 1, 1.8), 0.54, 1e-14);
  EXPECT_NEAR(cpr_at(ppc, 12, 0.8), 0.16, 1e-14);
  EXPECT_DOUBLE_EQ(smm(Smm{0.01}, 1, 1, 1.5), 0.015);
  EXPECT_DOUBLE_EQ(smm(Cpr{0.30}, 1, 1, 0.0), 0.0);
}

TEST(Speed, never_prepays_more_than_all) {
  EXPECT_DOUBLE_EQ(smm(Cpr{0.30}, 1, 1, 4.0), 1.0);
  EXPECT_DOUBLE_EQ(smm(Smm{0.30}, 1, 1, 4.0), 1.0);
  EXPECT_DOUBLE_EQ(smm(Psa{1.0}, 30, 1, 20.0), 1.0);
  EXPECT_DOUBLE_EQ(smm(ppc, 12, 1, 6.0), 1.0);
}

TEST(CprVector, goes_by_deal_period_or_loan_age_and_its_last_entry_stays) {
  const CprVector by_period{{0.05, 0.10, 0.15}, false}, by_age{{0.05, 0.10, 0.15}, true};
  EXPECT_NEAR(cpr_at(by_period, 40, 1.0, 1), 0.05, 1e-14);
  EXPECT_NEAR(cpr_at(by_period, 40, 1.0, 2), 0.10, 1e-14);
  EXPECT_NEAR(cpr_at(by_period, 40, 1.0, 90), 0.15, 1e-14);
  EXPECT_NEAR(cpr_at(by_age, 2, 1.0, 90), 0.10, 1e-14);
  EXPECT_NEAR(cpr_at(by_age, 2, 2.0, 90), 0.20, 1e-14);
  EXPECT_DOUBLE_EQ(smm(CprVector{}, 1, 1, 1.0), 0.0);
}
