spillway_test(unit/pdf_test USES pdf book)
spillway_test(unit/pdf_side_by_side_test USES pdf table)
spillway_test(unit/pdf_tagged_test USES pdf)
