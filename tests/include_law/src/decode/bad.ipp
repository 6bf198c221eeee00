// Every way around the include law that was ever found; style.includes_notices expects each.
#include <store/reader.hpp>
#include "store/reader.hpp"
#  include "meter/life.hpp"
#include "../ask/answer.hpp"
#include "fleetmeter/../ask/answer.hpp"
#include <fleetmeter/store.hpp>
#include <sqlite3.h>
#include "nowhere/at_all.hpp"
#include HEADER
#include "model/record.hpp"
#include <vector>
