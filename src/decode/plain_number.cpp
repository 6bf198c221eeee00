#include <algorithm>
#include <array>
#include <cctype>

#include "decode/money_fields.hpp"

namespace fleetmeter::decode {

namespace {

/// Symbols of currencies, and whose they are.
struct Symbol {
  const char* symbol;
  std::string_view currencies;
};
constexpr std::array<Symbol, 4> kSymbols{{{"$", "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP"},
                                          {"\u20AC", "EUR"},
                                          {"\u00A3", "GBP EGP"},
                                          {"\u00A5", "JPY CNY"}}};
/// Codes of currencies that may stand beside a number. Other capitals may be a unit, such as GIB.
constexpr std::string_view kCodes =
    "USD EUR GBP JPY CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY UAH RUB ILS AED SAR EGP "
    "ZAR NGN KES INR PKR CNY HKD TWD KRW SGD MYR THB IDR PHP VND BRL MXN ARS CLP COP PEN ISK";
constexpr std::array<const char*, 4> kSpaces{" ", "\t", "\u00A0", "\u202F"};
constexpr std::string_view kMinus = "\u2212";
constexpr std::size_t kGroup = 3;

bool take_front(std::string_view& text, std::string_view what) {
  const bool found = text.substr(0, what.size()) == what;
  text.remove_prefix(found ? what.size() : 0);
  return found;
}

bool take_back(std::string_view& text, std::string_view what) {
  const bool found = text.size() >= what.size() && text.substr(text.size() - what.size()) == what;
  text.remove_suffix(found ? what.size() : 0);
  return found;
}

/// Whether a code is among those in a list, which are parted by spaces.
bool is_code_in(std::string_view list, std::string_view code) {
  for (; list.size() >= kGroup; list.remove_prefix(std::min(list.size(), kGroup + 1))) {
    if (list.substr(0, kGroup) == code) {
      return true;
    }
  }
  return false;
}

/// Takes spaces, symbols of currencies and their codes off both ends. Returns the symbol or the
/// code; "" when there is none.
std::string_view take_trimmings(std::string_view& text) {
  std::string_view currency;
  for (bool any = true; any;) {
    any = false;
    for (const char* space : kSpaces) {
      any = take_front(text, space) || take_back(text, space) || any;
    }
    for (const Symbol& one : kSymbols) {
      if (take_front(text, one.symbol) || take_back(text, one.symbol)) {
        currency = one.symbol;
        any = true;
      }
    }
    const std::string_view front = text.substr(0, kGroup);
    const std::string_view back = text.substr(text.size() - std::min(text.size(), kGroup));
    if (text.size() > kGroup && is_code_in(kCodes, front)) {
      currency = front;
      text.remove_prefix(kGroup);
      any = true;
    } else if (text.size() > kGroup && is_code_in(kCodes, back)) {
      currency = back;
      text.remove_suffix(kGroup);
      any = true;
    }
  }
  return currency;
}

/// Takes the sign: a minus before or behind, or brackets around, as accountants write.
bool take_sign(std::string_view& text) {
  static_cast<void>(take_trimmings(text));
  bool is_negative = take_front(text, "-") || take_front(text, kMinus);
  if (!is_negative && text.size() > 2 && text.front() == '(' && text.back() == ')') {
    text = text.substr(1, text.size() - 2);
    is_negative = true;
  } else if (!is_negative) {
    is_negative = take_back(text, "-");
  }
  static_cast<void>(take_trimmings(text));
  return is_negative;
}

/// The digits of a whole number whose thousands are parted by a mark; "" when they are not.
std::string without_groups(std::string_view text, std::string_view mark) {
  std::string digits;
  std::size_t since = 0;
  bool any = false;
  while (!text.empty()) {
    if (take_front(text, mark)) {
      if (since == 0 || since > kGroup || (any && since != kGroup)) {
        return "";
      }
      any = true;
      since = 0;
    } else if (std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
      digits += text.front();
      text.remove_prefix(1);
      ++since;
    } else {
      return "";
    }
  }
  return !any || since == kGroup ? digits : "";
}

/// A number's whole part, in which only one kind of mark may part thousands.
std::string whole_part(std::string_view text, std::string_view other_mark) {
  for (const std::string_view mark :
       {other_mark, std::string_view("'"), std::string_view(" "), std::string_view("\u00A0"),
        std::string_view("\u202F"), std::string_view("\u2019")}) {
    if (std::string digits = without_groups(text, mark); !digits.empty()) {
      return digits;
    }
  }
  return "";
}

/// Whether one comma stands where it may part thousands as well as decimals: `1,234`.
bool is_unclear(std::string_view text) {
  const std::size_t comma = text.find(',');
  return comma != std::string_view::npos && comma >= 1 && comma <= kGroup && text.front() != '0' &&
         text.size() == comma + 1 + kGroup && text.rfind(',') == comma &&
         text.find_first_not_of("0123456789,") == std::string_view::npos;
}

/// Where the decimals begin: at the last mark, unless it is one of several of its kind.
std::size_t decimal_mark(std::string_view text) {
  const std::size_t last = text.find_last_of(",.");
  const bool is_one = last != std::string_view::npos && text.find(text[last]) == last;
  return is_one ? last : std::string_view::npos;
}

}  // namespace

namespace {

/// The symbol or the code of a currency in a text, behind a minus or a bracket, too.
std::string_view currency_in(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(1)) {
    std::string_view rest = text;
    if (const std::string_view found = take_trimmings(rest); !found.empty()) {
      return found;
    }
  }
  return {};
}

/// The codes of the currencies that a symbol may stand for; a code is its own.
std::string_view currencies_of(std::string_view written) {
  const auto symbol = std::find_if(kSymbols.begin(), kSymbols.end(),
                                   [&](const Symbol& one) { return one.symbol == written; });
  return symbol == kSymbols.end() ? written : symbol->currencies;
}

}  // namespace

std::string currency_of(std::string_view text) {
  const std::string_view codes = currencies_of(currency_in(text));
  return std::string(codes.substr(0, codes.size() == kGroup ? kGroup : 0));
}

bool is_in_other_currency(std::string_view text, std::string_view currency) {
  std::string asked(currency);
  std::transform(asked.begin(), asked.end(), asked.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const std::string_view written = currency_in(text);
  const std::string_view codes = currencies_of(written);
  if (written.empty() || is_code_in(codes, asked)) {
    return false;
  }
  // More currencies have a dollar or a pound than are listed, but none that has another symbol.
  return codes.size() == kGroup ||
         std::any_of(kSymbols.begin(), kSymbols.end(),
                     [&](const Symbol& one) { return is_code_in(one.currencies, asked); });
}

std::optional<Decimal> plain_number(std::string_view text, std::string& problem) {
  if (const auto value = Decimal::parse(text)) {
    return value;
  }
  const bool is_negative = take_sign(text);
  if (text.size() > 1 && text.front() == '.' &&  // as some databases write it
      text.find_first_not_of("0123456789", 1) == std::string_view::npos) {
    return plain_number((is_negative ? "-0" : "0") + std::string(text), problem);
  }
  if (is_unclear(text)) {
    problem = "may be a whole number or have a decimal comma; write it without the comma";
    return std::nullopt;
  }
  const std::size_t mark = decimal_mark(text);
  const bool has_decimals = mark != std::string_view::npos;
  const char last = has_decimals                               ? text[mark]
                    : text.find('.') != std::string_view::npos ? ','
                                                               : '.';
  const std::string digits = whole_part(text.substr(0, mark), last == ',' ? "." : ",");
  const std::string decimals(has_decimals ? text.substr(mark + 1) : "");
  if (digits.empty() || (has_decimals && decimals.empty()) ||
      decimals.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return Decimal::parse((is_negative ? "-" : "") + digits + (has_decimals ? "." + decimals : ""));
}

}  // namespace fleetmeter::decode
