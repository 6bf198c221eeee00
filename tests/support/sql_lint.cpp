#include "support/sql_lint.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace fleetmeter::test {

namespace {

using Words = std::vector<std::string>;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':';
}

/// Words, numbers, operators and brackets; a string is one word, comments are none.
Words words_of(std::string_view sql) {
  Words words;
  for (std::size_t i = 0; i < sql.size();) {
    std::size_t end = i + 1;
    if (sql.substr(i, 2) == "--") {
      i = std::min(sql.find('\n', i), sql.size());
      continue;
    }
    if (std::isspace(static_cast<unsigned char>(sql[i])) != 0) {
      ++i;
      continue;
    }
    if (sql[i] == '\'') {
      end = std::min(sql.find('\'', i + 1), sql.size() - 1) + 1;
    } else if (is_word(sql[i])) {
      while (end < sql.size() && is_word(sql[end])) {
        ++end;
      }
    } else if (const auto two = sql.substr(i, 2); two == "<<" || two == ">>" || two == "<>" ||
                                                  two == "<=" || two == ">=" || two == "||") {
      end = i + 2;
    }
    words.emplace_back(sql.substr(i, end - i));
    i = end;
  }
  return words;
}

/// Reads one statement and gathers what is wrong in it.
class Lint {
 public:
  explicit Lint(std::string_view sql) : words_(words_of(sql)) {}

  std::vector<std::string> run() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      look_at_joins(i);
      look_at_operators(i);
      look_at_functions(i);
      look_at_sums(i);
      if (at(i) == "SELECT") {
        look_at_select(i);
      }
    }
    return found_;
  }

 private:
  struct Item {
    std::size_t begin;
    std::size_t end;    ///< of what is computed
    std::string alias;  ///< "" without AS
  };

  [[nodiscard]] std::string at(std::size_t i) const { return i < words_.size() ? words_[i] : ""; }

  [[nodiscard]] bool is_one_of(std::size_t i, const std::set<std::string>& those) const {
    return those.count(at(i)) > 0;
  }

  [[nodiscard]] bool is_number(std::size_t i) const {
    return !at(i).empty() && std::isdigit(static_cast<unsigned char>(at(i)[0])) != 0;
  }

  [[nodiscard]] bool is_name(std::size_t i) const {
    const std::string word = at(i);
    return !word.empty() && std::islower(static_cast<unsigned char>(word[0])) != 0;
  }

  /// Behind the bracket that closes the one at i.
  [[nodiscard]] std::size_t behind(std::size_t i) const {
    int depth = 0;
    do {
      depth += at(i) == "(" ? 1 : at(i) == ")" ? -1 : 0;
      ++i;
    } while (depth > 0 && i < words_.size());
    return i;
  }

  void report(const std::string& rule, std::size_t i) {
    std::string place;
    for (std::size_t k = i; k < std::min(i + 9, words_.size()); ++k) {
      place += (k == i ? "" : " ") + words_[k];
    }
    found_.push_back(rule + ": " + place);
  }

  void look_at_joins(std::size_t i) {
    if (!is_one_of(i, {"FROM", "JOIN"}) || at(i - 1) == "DISTINCT") {
      return;
    }
    std::size_t end = at(i + 1) == "(" ? behind(i + 1) : i + 2;
    if (at(i + 1) == "(" && at(end) != "AS") {
      report("a subquery in FROM has a name", i);
    }
    end += at(end) == "AS" ? 2U : 0U;
    if (at(i) == "JOIN" && at(i - 1) == "CROSS" && at(end) == "ON") {
      report("CROSS JOIN has no ON", i);
    }
    if (at(i) == "JOIN" && at(i - 1) != "CROSS" && at(end) != "ON") {
      report("JOIN has an ON", i);
    }
  }

  void look_at_operators(std::size_t i) {
    // PostgreSQL shifts a BIGINT by an INTEGER only, and 65536 << 16 is 0 in its INTEGER.
    if (at(i) == "<<" || (at(i) == ">>" && at(i + 1) != "CAST")) {
      report("no shifts, but >> CAST(… AS INTEGER)", i);
    }
    if (at(i) == "&" &&
        !(i > 3 && at(i - 4) == "(" && at(i - 2) == "." && at(i + 2) == "." && at(i + 4) == ")")) {
      report("& takes two columns, in brackets", i);
    }
    const bool is_null = at(i + 1) == "NULL" || (at(i + 1) == "NOT" && at(i + 2) == "NULL");
    if (at(i) == "IS" && !is_null) {
      report("IS asks for NULL only", i);  // IS NOT DISTINCT FROM came with SQLite 3.39
    }
    if (is_number(i) && at(i + 1) == "*" && (is_number(i + 2) || at(i + 2) == "CASE")) {
      report("a product of small numbers is a BIGINT", i);  // INTEGER has 32 bits there
    }
    if (at(i) == "NULL" && at(i + 1) == "AS" && at(i - 1) != "(") {
      report("a NULL column has a type", i);
    }
  }

  void look_at_functions(std::size_t i) {
    static const std::set<std::string> kBoth{
        "abs",   "coalesce",   "count",  "dense_rank", "lag",    "lead", "length",
        "lower", "ltrim",      "max",    "min",        "nullif", "rank", "replace",
        "rtrim", "row_number", "substr", "sum",        "upper"};
    if (!is_name(i) || at(i + 1) != "(" || at(i - 1) == "AS" || at(i - 1) == "INTO") {
      return;
    }
    if (kBoth.count(at(i)) == 0) {
      report("only functions that both have", i);
    }
    int depth = 0;
    for (std::size_t k = i + 1; k < behind(i + 1); ++k) {
      depth += at(k) == "(" ? 1 : at(k) == ")" ? -1 : 0;
      if (depth == 1 && at(k) == "," && is_one_of(i, {"max", "min"})) {
        report("max and min take one value", i);
      }
      if (depth == 1 && at(k) == "," && at(k + 1) == "-" && at(i) == "substr") {
        report("substr counts from the begin", i);
      }
    }
  }

  /// A sum of BIGINTs is a NUMERIC, whose division leaves no remainder.
  void look_at_sums(std::size_t i) {
    const std::set<std::string> divides{"/", "%"};
    if (at(i) == "AS" && is_name(i + 1)) {
      sums_[at(i + 1)] = is_sum_before(i);
    }
    const bool is_divided = is_one_of(i + 1, divides) || is_one_of(i - 1, divides);
    const bool is_divisor = at(i - 1) == "." && is_one_of(i - 3, divides);
    if (is_name(i) && sums_[at(i)] && (is_divided || is_divisor)) {
      report("a sum is CAST AS BIGINT before / and %", i);
    }
    if (at(i) == "sum" && at(i + 1) == "(") {
      const std::size_t end = behind(i + 1);
      if (is_one_of(end, divides) || (at(end) == "OVER" && is_one_of(end + 2, divides))) {
        report("a sum is CAST AS BIGINT before / and %", i);
      }
    }
  }

  [[nodiscard]] bool is_sum_before(std::size_t as) const {
    std::size_t i = as;
    int depth = 0;
    while (i > 0 && (depth > 0 || !is_one_of(i - 1, {",", "SELECT", "("}))) {
      --i;
      depth += at(i) == ")" ? 1 : at(i) == "(" ? -1 : 0;
    }
    return at(i) == "sum";
  }

  /// The next of these words from i on in the same SELECT, or its end.
  [[nodiscard]] std::size_t next(std::size_t i, const std::set<std::string>& those) const {
    int depth = 0;
    for (; i < words_.size(); ++i) {
      if (depth == 0 && (at(i) == ")" || is_one_of(i, those))) {
        return i;
      }
      depth += at(i) == "(" ? 1 : at(i) == ")" ? -1 : 0;
    }
    return i;
  }

  [[nodiscard]] std::vector<Item> items(std::size_t begin, std::size_t end) const {
    std::vector<Item> all;
    while (begin < end) {
      const std::size_t comma = std::min(next(begin, {","}), end);
      const bool is_named = comma >= begin + 2 && at(comma - 2) == "AS";
      all.push_back({begin, is_named ? comma - 2 : comma, is_named ? at(comma - 1) : ""});
      begin = comma + 1;
    }
    return all;
  }

  void look_at_select(std::size_t select) {
    const std::size_t begin = select + (at(select + 1) == "DISTINCT" ? 2 : 1);
    const std::set<std::string> ends{"FROM", "UNION", ";"};
    const std::size_t from = next(begin, ends);
    const std::vector<Item> columns = items(begin, from);
    for (const Item& column : columns) {
      look_at_column(column);
    }
    const std::size_t group = next(from, {"GROUP", "UNION", "SELECT", ";"});
    if (at(group) == "GROUP") {
      look_at_groups(columns, group + 2);
    }
  }

  void look_at_column(const Item& column) {
    int cases = 0;
    int depth = 0;
    for (std::size_t i = column.begin; i < column.end; ++i) {
      depth += at(i) == "(" ? 1 : at(i) == ")" ? -1 : 0;
      cases += at(i) == "CASE" ? 1 : at(i) == "END" ? -1 : 0;
      const bool is_subquery = at(i) == "(" && at(i + 1) == "SELECT";
      if (cases == 0 && is_one_of(i, {"=", "<", ">", "<=", ">=", "<>", "IS"})) {
        report("a comparison is no number", column.begin);
        return;
      }
      const bool is_aggregate = is_one_of(column.begin, {"sum", "min", "max", "count"});
      if (at(i) == column.alias && at(i - 1) != "." && at(i + 1) != "(" && !is_aggregate &&
          column.end - column.begin > 1 && at(i + 1) != ".") {
        report("a column has not the name of what it is computed from", column.begin);
        return;
      }
      i = is_subquery ? behind(i) - 1 : i;
      depth -= is_subquery ? 1 : 0;
    }
  }

  /// The columns that are read from begin to end, but not by an aggregate or a subquery.
  [[nodiscard]] std::set<std::string> read_columns(std::size_t begin, std::size_t end) const {
    std::set<std::string> read;
    for (std::size_t i = begin; i < end; ++i) {
      const bool is_aggregate = is_one_of(i, {"sum", "min", "max", "count"}) && at(i + 1) == "(";
      if (is_aggregate || (at(i) == "(" && at(i + 1) == "SELECT")) {
        i = behind(i + (is_aggregate ? 1 : 0)) - 1;
      } else if (is_name(i) && at(i + 1) != "(" && at(i + 1) != "." && at(i - 1) != "OVER") {
        read.insert(at(i - 1) == "." ? at(i - 2) + '.' + at(i) : at(i));
      }
    }
    return read;
  }

  void look_at_groups(const std::vector<Item>& columns, std::size_t begin) {
    const std::size_t end =
        std::min(next(begin, {"HAVING", "ORDER", "UNION", "WINDOW", "LIMIT", ";"}), words_.size());
    std::set<std::string> grouped = read_columns(begin, end);
    const std::set<std::string> packs{"||", "*", "<<", "CASE"};
    if (std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(begin),
                    words_.begin() + static_cast<std::ptrdiff_t>(end),
                    [&](const std::string& word) { return packs.count(word) > 0; })) {
      report("a group is made of columns, not packed into one", begin);
    }
    for (const Item& column : columns) {
      if (grouped.count(column.alias) > 0) {
        grouped.merge(read_columns(column.begin, column.end));
      }
    }
    for (const Item& column : columns) {
      for (const std::string& read : read_columns(column.begin, column.end)) {
        if (grouped.count(read) == 0) {
          report("a column under GROUP BY is grouped by", column.begin);
        }
      }
    }
  }

  Words words_;
  std::map<std::string, bool> sums_;  ///< names of columns; whether it is a sum as it came
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> unportable(std::string_view sql) {
  return Lint(sql).run();
}

}  // namespace fleetmeter::test
