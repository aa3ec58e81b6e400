spillway_test(reference/fannie_tieout_test USES engine io)
