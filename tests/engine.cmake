spillway_test(unit/calendar_test USES calendar)
spillway_test(unit/issue_test USES result)
spillway_test(unit/yield_test USES analytics)
spillway_test(unit/caps_test USES waterfall io)
