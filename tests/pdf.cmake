spillway_test(unit/pdf_test USES pdf book)
