#include "spillway/result/issue.h"

#include <gtest/gtest.h>

using namespace spillway::result;

TEST(Issue, says_place_fault_and_remedy_on_one_line) {
  EXPECT_EQ(to_text(error({"deal.yaml", 12, 7}, "no class is called A-3", "did you mean A-2?")),
            "deal.yaml:12:7: error: no class is called A-3; did you mean A-2?");
  EXPECT_EQ(to_text(warning({"tape.csv", 0, 0}, "empty")), "tape.csv: warning: empty");
}

TEST(Issue, warnings_leave_a_result_its_value_and_errors_take_it) {
  EXPECT_TRUE(make_result(1, {warning({}, "odd")}).ok());
  EXPECT_FALSE(make_result(1, {warning({}, "odd"), error({}, "bad")}).ok());
}

TEST(Nearest, finds_a_misspelt_name_and_refuses_a_far_one) {
  const std::vector<std::string> names{"libor_1m", "libor_6m", "cmt_1y"};
  EXPECT_EQ(nearest("libor_1n", names), "libor_1m");
  EXPECT_EQ(nearest("LIBOR_6M", names), "libor_6m");
  EXPECT_EQ(nearest("liobr_1m", names), "libor_1m");
  EXPECT_EQ(nearest("prime", names), std::nullopt);
  EXPECT_EQ(suggestion("prime", names), "known: libor_1m, libor_6m, cmt_1y");
}
