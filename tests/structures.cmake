spillway_test(reference/fannie_tieout_test USES engine io)
spillway_test(unit/structures_test USES waterfall io assumptions book)
spillway_test(unit/schedules_test USES engine io)
spillway_test(reference/shelf_test USES engine io)
